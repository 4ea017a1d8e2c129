import { afterAll, beforeAll, expect, test } from "vitest";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { type AppDefinition, appDefinition } from "../../../../harness/target/definition/app.ts";
import { learn } from "../../../../harness/target/oracle/learn.ts";
import { type Driver } from "../../../../harness/transport/exchange.ts";
import { startProtocolDriver } from "../../../../harness/transport/protocol/protocol.ts";
import { serve } from "../../transport/serve.ts";
import { openOidc } from "../zoo/federations.ts";
import { type Traits, traitsOf } from "../zoo/traits.ts";
import { startZooApp } from "../zoo/zoo-app.ts";

let idp: MockIdp;
let driver: Driver;

beforeAll(async () => {
  idp = await startIdp();
  driver = startProtocolDriver();
});

afterAll(async () => await idp[Symbol.asyncDispose]());

function definition(origin: string, more: object): AppDefinition {
  const start = `${origin}/portal`;
  return appDefinition.parse({
    kind: "app",
    channels: ["oidc"],
    start,
    signedIn: { selector: "#who" },
    ...more,
  });
}

interface Row {
  readonly says: RegExp;
  readonly traits?: Partial<Traits>;
  readonly file: (origin: string) => object;
}

const ROWS: readonly Row[] = [
  { says: /the app shows nobody at .*\/portal$/, file: () => ({ signedIn: { selector: "#nowhere" } }) },
  { says: /asks nobody to sign in at the mock IdP$/, file: (origin) => ({ start: `${origin}/` }) },
  {
    says: /the app shows several names, /,
    traits: { dress: "lists-others" },
    file: () => ({ signedIn: { selector: "ul" } }),
  },
  {
    says: /somebody who gave up at the IdP is shown as Portal of the zoo$/,
    traits: { session: "in-address" },
    file: () => ({ signedIn: { selector: "h1" } }),
  },
  {
    says: /granted, "Portal", is on the page of a cancelled sign-in too$/,
    file: () => ({ granted: { text: "Portal" } }),
  },
  {
    says: /granted, "Welcome", is not on the page of every good sign-in$/,
    file: () => ({ granted: { text: "Welcome" } }),
  },
  {
    says: /refused, #words, is on the page of a good sign-in too$/,
    file: () => ({ refused: { selector: "#words" } }),
  },
  {
    says: /a good sign-in was not over/,
    traits: { session: "in-address" },
    file: (origin) => ({ start: `${origin}/round` }),
  },
];

test.each(ROWS)("an app that cannot be read: $says", async ({ says, traits = {}, file }) => {
  await using app = await startZooApp(idp, openOidc, traitsOf("correct", [traits]));
  const lesson = {
    name: "zoo",
    app: definition(app.origin, file(app.origin)),
    channel: "oidc",
    idp,
    driver,
  } as const;
  const outcome = learn(lesson);
  await expect(outcome).rejects.toMatchObject({ code: "ERR_TARGET_UNREACHABLE" });
  await expect(outcome).rejects.toThrow(says);
});

test("what the IdP refused is told of an app that shows nobody", async () => {
  await using strict = await startIdp();
  await using app = await startZooApp(strict, openOidc, traitsOf("correct", []));
  strict.register({
    clientId: "zoo",
    clientSecret: "that the app does not know",
    redirectUris: [`${app.origin}/callback`],
  });
  const lesson = {
    name: "zoo",
    app: definition(app.origin, {}),
    channel: "oidc",
    idp: strict,
    driver,
  } as const;
  await expect(learn(lesson)).rejects.toThrow(
    /shows nobody at .*; the mock IdP answered POST \/oidc\/token with 401$/,
  );
});

test("an app that never finishes is told", async () => {
  await using app = await serve((_request, response) => response.write("<p>"));
  const lesson = { name: "zoo", app: definition(app.origin, {}), channel: "oidc", idp, driver } as const;
  await expect(learn({ ...lesson, patienceSeconds: 0.2 })).rejects.toMatchObject({
    code: "ERR_TARGET_UNREACHABLE",
    message: "zoo cannot be read: a sign-in is not over after 0.2 s",
  });
});

test.each<{ traits: Partial<Traits>; known: object }>([
  {
    traits: {},
    known: { naming: "address", isPlaceProtected: true, sessionCookies: ["sid"], redeems: true },
  },
  { traits: { names: "upper-case" }, known: { naming: "address-in-any-case" } },
  { traits: { names: "hash" }, known: { naming: "own-name" } },
  { traits: { names: "nobody" }, known: { naming: "same-for-all" } },
  { traits: { session: "in-address" }, known: { place: undefined, identity: undefined, sessionCookies: [] } },
  { traits: { session: "random-name" }, known: { sessionCookies: [] } },
  { traits: { session: "anonymous-before" }, known: { sessionCookies: [] } },
])("$traits: $known", async ({ traits, known }) => {
  await using app = await startZooApp(idp, openOidc, traitsOf("correct", [traits]));
  const lesson = { name: "zoo", app: definition(app.origin, {}), channel: "oidc", idp, driver } as const;
  expect(await learn(lesson)).toMatchObject({ known });
});
