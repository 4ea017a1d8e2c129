import { expect, test } from "vitest";
import { parse } from "yaml";
import { HarnessError } from "../../../harness/errors.ts";
import { loadScenarios } from "../../../harness/scenario/load.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { ALONE, isValid, TABLE } from "./table-example.ts";

async function problems(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  await using folder = await temporaryFolder(files);
  const error: unknown = await loadScenarios([folder.path]).then(
    () => undefined,
    (caught: unknown) => caught,
  );
  if (error === undefined) return [];
  if (!(error instanceof HarnessError)) throw new TypeError("expected a HarnessError", { cause: error });
  expect(error.code).toBe("ERR_SCENARIO_INVALID");
  return error.message.split("\n").map((line) => line.replaceAll(`${folder.path}/`, ""));
}

test.each([
  {
    name: "an unknown word of the table",
    change: ["cases:\n", "case: {}\ncases:\n"],
    lines: ['family.yaml:9:1 case: unknown word "case"; a table has shared and cases'],
  },
  {
    name: "a table that is a scenario too",
    change: ["shared:", "id: family\nshared:"],
    lines: ['family.yaml:1:1 id: unknown word "id"; a table has shared and cases (found "family")'],
  },
  {
    name: "an unknown word of shared, once",
    change: ["  severity: high", "  severe: high"],
    lines: ['family.yaml:4:3 shared.severe: Unrecognized key: "severe" (found "high")'],
  },
  {
    name: "a wrong word of shared, once",
    change: ["verdict: non-compliant", "verdict: bad"],
    lines: [/^family\.yaml:7:22 shared\.expect\.verdict: Invalid option: .* \(found "bad"\)$/],
  },
  {
    name: "a wrong word of shared that only one case has from there, once",
    change: ["severity: high", "severity: awful"],
    lines: [/^family\.yaml:4:13 shared\.severity: Invalid option: .* \(found "awful"\)$/],
  },
  {
    name: "a wrong word of shared in whose place each case has its own",
    change: ["  emission: { channel: oidc,", "  title: 1\n  emission: { key: none, channel: oidc,"],
    lines: [
      "family.yaml:6:3 shared.title: a title is one scenario's; expected it in each case (found 1)",
      /^family\.yaml:7:20 shared\.emission\.key: Invalid option: .* \(found "none"\)$/,
    ],
  },
  {
    name: "a wrong type where each case has its own",
    change: ["cases:\n", "  steps: sign-in\ncases:\n"],
    lines: [/^family\.yaml:9:10 shared\.steps: Invalid input: expected array.* \(found "sign-in"\)$/],
  },
  {
    name: "an unknown word of a case",
    change: ["    severity: low", "    severe: low"],
    lines: ['family.yaml:17:5 cases.two.severe: Unrecognized key: "severe" (found "low")'],
  },
  {
    name: "an unknown word of a case's emission",
    change: ["key: stranger", "keys: stranger"],
    lines: ['family.yaml:18:44 cases.two.emission.keys: Unrecognized key: "keys" (found "stranger")'],
  },
  {
    name: "a wrong word deep in a case",
    change: ["op: remove, path", "op: rename, path"],
    lines: [/^family\.yaml:12:31 cases\.one\.emission\.patch\.0\.op: .* \(found "rename"\)$/],
  },
  {
    name: "a member that neither has, at the case",
    change: ["    title: the first\n", ""],
    lines: [/^family\.yaml:10:3 cases\.one\.title: Invalid input: expected string/],
  },
  {
    name: "a member that neither has, at each case",
    change: ["  references: [RFC 8176 §2]\n", ""],
    editor: "accepts",
    lines: [
      /^family\.yaml:9:3 cases\.one\.references: Invalid input: expected array/,
      /^family\.yaml:13:3 cases\.two\.references: Invalid input: expected array/,
    ],
  },
  {
    name: "an id beside the key",
    change: ["    title: the first", "    id: one\n    title: the first"],
    lines: [
      'family.yaml:11:5 cases.one.id: the key of a case is its id; expected no id beside it (found "one")',
    ],
  },
  {
    name: "a key that is no id",
    change: ["  one:", "  One_:"],
    lines: ["family.yaml:10:3 cases.One_: expected kebab-case, such as id-token-without-amr"],
  },
  {
    name: "an id twice in one table, with both places",
    change: ["  two:", "  one:"],
    editor: "accepts",
    lines: ['family.yaml:14:3: Map keys must be unique; "one" stands first at family.yaml:10:3'],
  },
  {
    name: "what goes with shared in one case and not in another, at the case",
    change: [/cases:([^]*) transport: \[protocol\]/, "  transport: [browser]\ncases:$1 steps: [hold]"],
    lines: [
      "family.yaml:15:3 cases.two.transport: a browser cannot hold an answer back; expected no browser beside the step hold; the case has it from shared, at family.yaml:9:14",
    ],
    editor: "accepts",
  },
  {
    name: "a shared control that is none, once",
    change: ["control: id-token-with-mfa", "control: id-token-with-mfe"],
    editor: "accepts",
    lines: [
      /^family\.yaml:5:12 shared\.control: there is no such scenario .*"id-token-with-mfa"\? \(found "id-token-with-mfe"\)$/,
    ],
  },
  {
    name: "a shared control that no case may have",
    change: ["control: id-token-with-mfa", "control: one"],
    editor: "accepts",
    lines: [
      /^family\.yaml:13:13 cases\.one\.expect\.decision: expected a control beside it: .*; the case has it from shared, at family\.yaml:7:47$/,
      'family.yaml:5:12 shared.control: expected a scenario that must be accepted, and "one" expects refuse (found "one")',
    ],
  },
  {
    name: "no control at all, once",
    change: ["  control: id-token-with-mfa\n", ""],
    editor: "accepts",
    lines: [
      /^family\.yaml:6:47 shared\.expect\.decision: expected a control beside it: .* \(found "refuse"\)$/,
    ],
  },
  {
    name: "no cases",
    change: [/\ncases:[^]*/, ""],
    lines: ["family.yaml:1:1 cases: expected scenarios, each by its id"],
  },
  {
    name: "empty cases",
    change: [/cases:[^]*/, "cases: {}"],
    lines: ["family.yaml:9:1 cases: expected scenarios, each by its id"],
  },
  {
    name: "cases that are a list",
    change: [/cases:[^]*/, "cases: [one]"],
    lines: ["family.yaml:9:1 cases: expected scenarios, each by its id"],
  },
  {
    name: "a case of nothing",
    change: ["cases:\n", "cases:\n  none:\n"],
    lines: ["family.yaml:10:3 cases.none: expected a scenario"],
  },
  {
    name: "a shared text",
    change: [/^shared:[^]*(?=\ncases)/, "shared: x\n"],
    lines: [/^family\.yaml:1:1 shared: expected what the cases share, as in a scenario \(found "x"\)$/],
  },
  {
    name: "an emission that is no mapping",
    change: ["emission: { profile: password-and-otp, key: stranger }", "emission: stranger"],
    lines: [
      /^family\.yaml:18:15 cases\.two\.emission: Invalid input: expected object.* \(found "stranger"\)$/,
    ],
  },
])("$name", async ({ change: [from = "", to = ""], lines, editor = "complains" }) => {
  const text = TABLE.replace(from, String(to));
  const found = await problems({ "family.yaml": text });
  expect(isValid(parse(text, { uniqueKeys: false }))).toBe(editor === "accepts");
  for (const [place, line] of lines.entries()) {
    expect(found[place]).toMatch(line);
  }
  expect(found.length).toBe(lines.length);
});

test("an id in two files is told with both places, in a table or alone", async () => {
  const found = await problems({
    "a.yaml": TABLE,
    "b.yaml": TABLE.replace("  one:", "  other:"),
    "one.yaml": ALONE.one,
  });
  expect(found).toEqual([
    'b.yaml:14:3 cases.two: "two" is already the id of the scenario at a.yaml:14:3; ids are unique',
    'one.yaml:1:5 id: "one" is already the id of the scenario at a.yaml:10:3; ids are unique (found "one")',
  ]);
});

test("a control in a broken file is no further problem", async () => {
  const named = ALONE.one.replace("control: id-token-with-mfa", "control: three");
  const found = await problems({ "one.yaml": named, "table.yaml": "cases:\n    three:\n        title: [" });
  expect(found.every((line) => line.startsWith("table.yaml:"))).toBe(true);
});
