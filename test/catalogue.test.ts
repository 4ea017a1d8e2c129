import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { COVERAGE_LISTS } from "../harness/coverage/lists.ts";
import { unknownCases } from "../harness/coverage/ledger.ts";
import { loadScenarios } from "../harness/scenario/load.ts";
import { rules } from "../src/index.ts";
import { RULES_LEFT_OUT } from "../harness/coverage/rules-left-out.ts";

const scenarios = await loadScenarios([fileURLToPath(new URL("../scenarios", import.meta.url))]);
const byId = new Map(scenarios.map((scenario) => [scenario.id, scenario]));

function ids(found: readonly { readonly id: string }[]): readonly string[] {
  return found.map(({ id }) => id);
}

test("every scenario says how bad it is, and what it is derived from unless it is a control", () => {
  expect(ids(scenarios.filter(({ severity }) => severity === undefined))).toEqual([]);
  const without = scenarios.filter(({ severity, control }) => control === undefined && severity !== "none");
  expect(ids(without)).toEqual([]);
});

test("every control is a scenario of the same channel that has nothing wrong with it", () => {
  const amiss = scenarios.filter(({ control, emission }) => {
    if (control === undefined) return false;
    const found = byId.get(control);
    return found?.emission.channel !== emission.channel || found.expect.verdict !== "compliant";
  });
  expect(ids(amiss)).toEqual([]);
});

/** Members that name and explain a scenario; all others say what happens. */
const SAID_OF_IT = "id title why references severity control covers expect file".split(" ");

test("no two scenarios emit the same", () => {
  const emissions = Map.groupBy(scenarios, (scenario) =>
    JSON.stringify(Object.entries(scenario).filter(([name]) => !SAID_OF_IT.includes(name))),
  );
  const twice = [...emissions.values()].filter((same) => same.length > 1);
  expect(twice.map(ids)).toEqual([]);
});

test("every list has each of its ids once, and scenarios name no other", () => {
  for (const { cases } of COVERAGE_LISTS) expect(new Set(ids(cases)).size).toBe(cases.length);
  expect(unknownCases(COVERAGE_LISTS, scenarios)).toEqual([]);
});

test("nothing is left out that a scenario covers, and no rule that there is not", () => {
  const covered = new Set(scenarios.flatMap(({ covers }) => covers));
  const both = COVERAGE_LISTS.flatMap(({ name, cases }) =>
    cases.filter(({ id, leftOut }) => leftOut !== undefined && covered.has(`${name}/${id}`)),
  );
  expect(ids(both)).toEqual([]);
  expect(Object.keys(RULES_LEFT_OUT).filter((rule) => !ids(rules).includes(rule))).toEqual([]);
});

/** Patches of anything else change another message than the artifact that is judged. */
const ARTIFACT = /^\/(idToken|accessToken|samlResponse|wsFedResponse|eamResponse\/idToken)(\/|$)/;

/** Hashes of what comes beside an ID token: whether they fit cannot be told from the token alone. */
const BESIDE = /\/(at_hash|c_hash|s_hash)$/;

/** Faults of an artifact that its judge cannot see, or that only some readers have to mind. */
const NOT_FOR_THE_JUDGE: Readonly<Record<string, string>> = {
  "class-two-in-one-context": "it is said beside a right attribute, and the judge only remarks it",
  "conditions-end-missing": "an end is optional in SAML; a reader may demand it all the same",
  "name-id-comment": "what is signed is right; a reader that cuts it at the comment takes somebody else in",
  "signature-assertion-only": "one signature is enough for SAML; some service providers demand the other",
  "signature-outer-stripped": "one signature is enough for SAML; some service providers demand the other",
  "signature-response-only": "one signature is enough for SAML; some service providers demand the other",
};

test("what a partner app has to refuse is not compliant, unless the fault is not in the artifact", () => {
  const compliant = scenarios.filter(
    ({ expect: { verdict, decision } }) =>
      verdict === "compliant" && decision !== undefined && decision !== "accept",
  );
  const inArtifact = compliant.filter(
    ({ emission: { patch }, steps, asks }) =>
      asks === undefined &&
      steps.join() === "sign-in" &&
      patch.every(({ path }) => ARTIFACT.test(path) && !BESIDE.test(path)),
  );
  expect(ids(inArtifact).toSorted()).toEqual(Object.keys(NOT_FOR_THE_JUDGE).toSorted());
});
