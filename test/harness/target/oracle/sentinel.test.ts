import { afterAll, beforeAll, expect, test } from "vitest";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { appDefinition } from "../../../../harness/target/definition/app.ts";
import { postSentinel } from "../../../../harness/target/oracle/sentinel.ts";
import type { Lesson } from "../../../../harness/target/oracle/sign-in-once.ts";
import { startProtocolDriver } from "../../../../harness/transport/protocol/protocol.ts";
import { openOidc } from "../zoo/federations.ts";
import { traitsOf } from "../zoo/traits.ts";
import { startZooApp, type ZooApp } from "../zoo/zoo-app.ts";

let idp: MockIdp;

beforeAll(async () => {
  idp = await startIdp();
});

afterAll(async () => await idp[Symbol.asyncDispose]());

function lessonAt({ origin }: ZooApp): Lesson {
  const start = `${origin}/portal`;
  const signedIn = { selector: "#who" };
  const app = appDefinition.parse({ kind: "app", channels: ["oidc"], start, signedIn });
  return { name: "zoo", app, channel: "oidc", idp, driver: startProtocolDriver() };
}

test.each([
  { longest: 60_000, signIns: 1 },
  { longest: 0, signIns: 3 },
])("a session may be $longest ms old: $signIns sign-ins in two looks", async ({ longest, signIns }) => {
  await using app = await startZooApp(idp, openOidc, traitsOf("correct", []));
  const sentinel = await postSentinel(lessonAt(app), { place: `${app.origin}/portal` }, longest);
  await sentinel.look();
  await sentinel.look();
  expect(sentinel.losses()).toBe(0);
  expect(app.truths.length).toBe(signIns);
});

test("whoever is forgotten is a loss once, and signed in again", async () => {
  await using app = await startZooApp(idp, openOidc, traitsOf("correct", []));
  const sentinel = await postSentinel(lessonAt(app), { place: `${app.origin}/portal` });
  app.forget();
  expect(sentinel.losses()).toBe(0);
  await sentinel.look();
  await sentinel.look();
  expect(sentinel.losses()).toBe(1);
  // The first look led to the IdP, which answered from its session: that is no memory of the app's.
  expect(app.truths.length).toBe(3);
});

test("nobody stays where no address says who is signed in", async () => {
  await using app = await startZooApp(idp, openOidc, traitsOf("correct", []));
  const sentinel = await postSentinel(lessonAt(app), { place: undefined });
  await sentinel.look();
  expect([sentinel.losses(), app.truths.length]).toEqual([0, 0]);
});
