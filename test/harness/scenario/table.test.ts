import { expect, test } from "vitest";
import { parse } from "yaml";
import { loadScenarios } from "../../../harness/scenario/load.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { ALONE, isValid, TABLE } from "./table-example.ts";

test("a table is the same as a file for each of its cases", async () => {
  await using table = await temporaryFolder({ "family.yaml": TABLE });
  await using alone = await temporaryFolder({ "one.yaml": ALONE.one, "two.yaml": ALONE.two });
  const [tabled, single] = await Promise.all([loadScenarios([table.path]), loadScenarios([alone.path])]);
  expect(tabled.map(({ file }) => file)).toEqual(Array(2).fill(`${table.path}/family.yaml`));
  expect(tabled.map((one) => ({ ...one, file: "" }))).toEqual(single.map((one) => ({ ...one, file: "" })));
});

test.each([
  { name: "a list is replaced, not added to", shared: "references: [PSR-036]", own: "references: [PSR-034]" },
  {
    name: "below emission.patch nothing is mixed",
    shared:
      "emission: { channel: oidc, profile: password-only, patch: [{ op: remove, path: /idToken/claims/acr }] }",
    own: "emission: { patch: [{ op: remove, path: /idToken/claims/amr }] }",
    made: { emission: { profile: "password-only", patch: [{ op: "remove", path: "/idToken/claims/amr" }] } },
  },
  {
    name: "below expect.matchers nothing is mixed",
    shared: "expect: { verdict: compliant, decision: accept, matchers: { strict: pass } }",
    own: "expect: { matchers: { ms-mca: fail } }",
    made: { expect: { verdict: "compliant", matchers: { "ms-mca": "fail" } } },
  },
  {
    name: "asks is replaced as a whole",
    shared: "asks: { max_age: 60 }\n  transport: [protocol]",
    own: "asks: { prompt: login }",
    made: { asks: { prompt: "login" } },
  },
  {
    name: "a shared matrix multiplies each case",
    shared: "matrix: { key: [published, stranger] }",
    own: "emission: { key: '${{ key }}' }",
    made: { id: "only[key=published]", emission: { key: "published" } },
  },
])("$name", async ({ shared, own, made = { references: ["PSR-034"] } }) => {
  const rest = {
    why: "why: a reason",
    references: "references: [PSR-036]",
    emission: "emission: { channel: oidc, profile: password-only }",
    expect: "expect: { verdict: compliant, decision: accept }",
  };
  const others = Object.entries(rest).filter(([member]) => !shared.startsWith(member));
  const text = `shared:\n  ${[shared, ...others.map(([, line]) => line)].join("\n  ")}\ncases:\n  only:\n    title: a title\n    ${own}\n`;
  await using folder = await temporaryFolder({ "family.yaml": text });
  const [scenario] = await loadScenarios([folder.path]);
  expect(scenario).toMatchObject({ id: "only", ...made });
  const { asks, expect: { matchers } = {} } = scenario ?? {};
  expect(
    [Object.keys(asks ?? {}).length, Object.keys(matchers ?? {}).length].every((count) => count < 2),
  ).toBe(true);
});

test("the shared control may be a case of the table, and has none itself", async () => {
  const good = `  good:\n    title: the good one\n    severity: none\n    emission: { profile: password-and-otp }\n    expect: { verdict: compliant, decision: accept }\n`;
  const text = TABLE.replace("control: id-token-with-mfa", "control: good").replace(
    "cases:\n",
    `cases:\n${good}`,
  );
  await using folder = await temporaryFolder({ "family.yaml": text });
  const scenarios = await loadScenarios([folder.path]);
  expect(scenarios.map(({ id, control }) => [id, control])).toEqual([
    ["good", undefined],
    ["one", "good"],
    ["two", "good"],
  ]);
});

test("without shared, each case says all", async () => {
  const cases = `cases:\n  one:\n${ALONE.one.replace("id: one\n", "").replaceAll(/^(?=.)/gm, "    ")}`;
  await using folder = await temporaryFolder({ "family.yaml": cases });
  expect((await loadScenarios([folder.path])).map(({ id }) => id)).toEqual(["one"]);
});

test("the editor's schema takes a table, and one scenario", () => {
  expect([TABLE, ALONE.one, ALONE.two].map((text) => isValid(parse(text)))).toEqual([true, true, true]);
});
