import { afterAll, beforeAll, expect, test } from "vitest";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { loadBundled } from "../../../../harness/scenario/load.ts";
import type { Scenario } from "../../../../harness/scenario/schema.ts";
import { type Drivers, makeDrivers } from "../../../../harness/transport/drivers.ts";
import { type Traits, traitsOf } from "./traits.ts";
import { visitZooApp } from "./visit.ts";

let idp: MockIdp;
let drivers: Drivers;
let scenarios: readonly Scenario[];

beforeAll(async () => {
  idp = await startIdp();
  drivers = makeDrivers();
  scenarios = await loadBundled(["id-token-with-mfa", "id-token-password-only"]);
});

afterAll(async () => {
  await drivers[Symbol.asyncDispose]();
  await idp[Symbol.asyncDispose]();
});

const ELSEWHERE =
  /where MFA is demanded elsewhere that is not seen: let signedIn\.url be an address that demands it/;
const REFUSED =
  /what a sign-in without MFA gets, .*: write refused: \{ text: "Your sign-in was too weak\." \}$/;
const LEVEL = /what a sign-in without MFA gets, .*: write refused: \{ text: "Assurance low" \}$/;
const SUSPICIOUS =
  /granted is also on the page of a sign-in without MFA.*: if that page refuses, write refused: \{ text: "Denied" \}$/;

interface Row {
  readonly traits: Partial<Traits>;
  /** Of the good sign-in, then of the one without MFA: decision, confidence, and what settles it. */
  readonly told: readonly (readonly [string | undefined, string | undefined, RegExp?])[];
}

test.each<Row>([
  {
    traits: { dress: "shell", place: "json", weak: "page-by-403" },
    told: [
      ["accept", "medium", ELSEWHERE],
      ["accept", "medium", ELSEWHERE],
    ],
  },
  {
    traits: { place: "json", weak: "page-by-200" },
    told: [
      ["accept", "high"],
      [undefined, undefined, REFUSED],
    ],
  },
  {
    traits: { weak: "level" },
    told: [
      ["accept", "high"],
      [undefined, undefined, LEVEL],
    ],
  },
  {
    traits: { weak: "extra-line", signs: "granted" },
    told: [
      ["accept", "high"],
      ["accept", "low", SUSPICIOUS],
    ],
  },
  {
    traits: { weak: "page-by-200", signs: "granted" },
    told: [
      ["accept", "high"],
      [undefined, undefined, REFUSED],
    ],
  },
])("$traits: $told", async ({ traits, told }) => {
  const cases = scenarios.map((scenario) => ({ role: scenario.id, scenario }));
  // What the file calls access need not be true here.
  const all = { ...traitsOf("correct", [traits]), ...traits };
  const compared = await visitZooApp({
    idp,
    drivers,
    channel: "oidc",
    transport: "protocol",
    traits: all,
    cases,
  });
  for (const [index, [decision, confidence, says]] of told.entries()) {
    const seen = compared[index]?.seen;
    expect([seen?.decision, seen?.confidence]).toEqual([decision, confidence]);
    const doubts = seen?.signals.filter((signal) => signal.includes("a sign-in without MFA")) ?? [];
    expect(doubts).toEqual(says === undefined ? [] : [expect.stringMatching(says)]);
  }
});
