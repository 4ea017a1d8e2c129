import { afterAll, beforeAll, expect, test } from "vitest";
import { examine } from "../../../harness/doctor/examine.ts";
import type { MockIdp } from "../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../harness/idp/start-idp.ts";
import { targetsSchema } from "../../../harness/target/definition/targets.ts";
import { openOidc } from "../target/zoo/federations.ts";
import { type Traits, traitsOf } from "../target/zoo/traits.ts";
import { startZooApp } from "../target/zoo/zoo-app.ts";

let idp: MockIdp;

beforeAll(async () => {
  idp = await startIdp();
});

afterAll(async () => await idp[Symbol.asyncDispose]());

const NAMED = "ok good sign-ins: told from a cancelled one; users are named by their address";

test.each<{ traits: Partial<Traits>; file: object; found: readonly string[] }>([
  {
    traits: {},
    file: {},
    found: [NAMED, "ok a sign-in without MFA: is told by what the app shows: refuse"],
  },
  {
    traits: { weak: "page-by-200" },
    file: {},
    found: [
      NAMED,
      'warn a sign-in without MFA: cannot be told; This is what a sign-in without MFA gets, and nothing says whether it is let in: write refused: { text: "Your sign-in was too weak." }.',
    ],
  },
  {
    traits: { weak: "page-by-200" },
    file: { refused: { text: "Your sign-in was too weak." } },
    found: [NAMED, "ok a sign-in without MFA: is told by what the app shows: refuse"],
  },
  {
    traits: { weak: "extra-line" },
    file: { granted: { text: "Your customers" } },
    found: [
      NAMED,
      'warn a sign-in without MFA: is told with low confidence: accept; Granted is also on the page of a sign-in without MFA, which is otherwise not like that of a good one: if that page refuses, write refused: { text: "Denied" }.',
    ],
  },
  {
    traits: { care: "fooled" },
    file: {},
    found: [NAMED, "ok a sign-in without MFA: is told by what the app shows: accept"],
  },
  {
    traits: { care: "fooled" },
    file: { granted: { text: "Your customers" } },
    found: [NAMED, "ok a sign-in without MFA: is told by what the app shows: accept"],
  },
  {
    traits: { names: "nobody" },
    file: {},
    found: [
      "ok good sign-ins: told from a cancelled one; users are named by nothing of theirs: whose session it is cannot be told",
      "ok a sign-in without MFA: is told by what the app shows: refuse",
    ],
  },
])("an app with $traits whose file says $file: $found", async ({ traits, file, found }) => {
  await using zoo = await startZooApp(idp, openOidc, traitsOf(traits.care ?? "correct", [traits]));
  const start = `${zoo.origin}/portal`;
  const app = { kind: "app", channels: ["oidc"], start, signedIn: { selector: "#who" }, ...file };
  const checks = await examine({
    idp,
    definitions: targetsSchema.parse({ app }),
    relyingParties: [{ clientId: "zoo", redirectUris: [`${zoo.origin}/callback`] }],
    wantsBrowser: false,
    signal: AbortSignal.timeout(20_000),
  });
  const looks = checks.filter(({ what }) => /^app: (good|a) sign-in/.test(what));
  const words = looks.map(({ status, what, found: said, todo }) =>
    [`${status} ${what.replace("app: ", "")}: ${said}`, ...(todo === undefined ? [] : [todo])].join("; "),
  );
  expect(words).toEqual(found);
});
