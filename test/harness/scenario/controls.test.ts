import { expect, test } from "vitest";
import { HarnessError } from "../../../harness/errors.ts";
import { loadScenarios } from "../../../harness/scenario/load.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

interface Written {
  readonly control?: string;
  readonly channel?: string;
  readonly decision?: string;
  readonly verdict?: string;
  readonly transport?: string;
  readonly more?: string;
}

const DEFAULTS = { channel: "oidc", decision: "refuse", verdict: "non-compliant", transport: "[protocol]" };

/** A scenario file; the control stands in line 5. */
function file(id: string, written: Written = {}): Readonly<Record<string, string>> {
  const { control, channel, decision, verdict, transport, more } = { ...DEFAULTS, ...written };
  const lines = [
    `id: ${id}`,
    "title: a title",
    "why: a reason",
    "references: [PSR-036]",
    control === undefined ? "# no control" : `control: ${control}`,
    `emission: { channel: ${channel}, profile: password-only }`,
    `transport: ${transport}`,
    `expect: { verdict: ${verdict}${decision === "" ? "" : `, decision: ${decision}`} }`,
    ...(more === undefined ? [] : [more]),
  ];
  return { [`${id}.yaml`]: `${lines.join("\n")}\n` };
}

const accepted = (id: string, written: Written = {}) => file(id, { decision: "accept", ...written });

async function problems(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  await using folder = await temporaryFolder(files);
  const error: unknown = await loadScenarios([folder.path]).then(
    () => undefined,
    (caught: unknown) => caught,
  );
  if (error === undefined) return [];
  if (!(error instanceof HarnessError)) throw new TypeError("expected a HarnessError", { cause: error });
  expect(error.code).toBe("ERR_SCENARIO_INVALID");
  return error.message.split("\n").map((line) => line.replace(`${folder.path}/`, ""));
}

test.each([
  {
    name: "misspelt",
    files: file("a", { control: "id-token-with-mfe" }),
    line: 'a.yaml:5:10 control: there is no such scenario among those given and those that come with mfa-harness; did you mean "id-token-with-mfa"? (found "id-token-with-mfe")',
  },
  {
    name: "nothing alike",
    files: file("a", { control: "zzzzzzzzzzzzzzzzzzzzzz" }),
    line: "a.yaml:5:10 control: there is no such scenario among those given and those that come with mfa-harness; run --list",
  },
  { name: "an empty text", files: file("a", { control: '""' }), line: "a.yaml:5:10 control: there is no" },
  { name: "nothing", files: file("a", { control: "" }), line: "a.yaml:5:10 control: Invalid input" },
  { name: "a number", files: file("a", { control: "7" }), line: "a.yaml:5:10 control: Invalid input" },
  { name: "a list", files: file("a", { control: "[b]" }), line: "a.yaml:5:10 control: Invalid input" },
  {
    name: "twice",
    files: file("a", { control: "id-token-with-mfa\ncontrol: id-token-with-mfa" }),
    line: "a.yaml:6:1: Map keys must be unique",
  },
  {
    name: "itself",
    files: file("a", { control: "a" }),
    line: 'a.yaml:5:10 control: a scenario cannot be its own control (found "a")',
  },
  {
    name: "itself, although accepted",
    files: accepted("a", { control: "a" }),
    line: "a.yaml:5:10 control: a scenario cannot be its own control",
  },
  {
    name: "one that is rejected",
    files: file("a", { control: "id-token-password-only", transport: "[direct]" }),
    line: 'a.yaml:5:10 control: expected a scenario that must be accepted, and "id-token-password-only" expects refuse',
  },
  {
    name: "one that asks again",
    files: {
      ...file("a", { control: "b" }),
      ...file("b", { decision: "challenge", control: "id-token-with-mfa" }),
    },
    line: 'a.yaml:5:10 control: expected a scenario that must be accepted, and "b" expects challenge',
  },
  {
    name: "one that may be accepted and need not be",
    files: {
      ...file("a", { control: "b" }),
      "b.yaml": (file("b", { control: "id-token-with-mfa" })["b.yaml"] ?? "").replace(
        "decision: refuse",
        "decision: accept, orRefuse: true",
      ),
    },
    line: "a.yaml:5:10 control: expected a scenario that must be accepted",
  },
  {
    name: "one that is only judged, beside a target's decision",
    files: {
      ...file("a", { control: "b", transport: "[direct]" }),
      ...accepted("b", { decision: "", verdict: "compliant", transport: "[direct]" }),
    },
    line: 'a.yaml:5:10 control: expected a scenario that a target decides, and "b" has no expect.decision',
  },
  {
    name: "one that has a control itself",
    files: { ...file("a", { control: "b" }), ...accepted("b", { control: "id-token-with-mfa" }) },
    line: 'a.yaml:5:10 control: expected a scenario without a control of its own, and "b" names "id-token-with-mfa"',
  },
  {
    name: "each the other",
    files: { ...accepted("a", { control: "b" }), ...accepted("b", { control: "a" }) },
    line: "a.yaml:5:10 control: expected a scenario without a control of its own",
  },
  {
    name: "of another channel",
    files: file("a", { control: "class-multipleauthn" }),
    line: 'a.yaml:5:10 control: expected a scenario of the channel oidc, and "class-multipleauthn" is of saml',
  },
  {
    name: "on fewer transports",
    files: { ...file("a", { control: "b", transport: "[protocol, browser]" }), ...accepted("b") },
    line: 'a.yaml:5:10 control: expected a scenario on each transport of this one, and "b" is not on browser',
  },
  {
    name: "one that asks, so that it cannot be handed over",
    files: {
      ...file("a", { control: "b", transport: "[direct, protocol]" }),
      ...accepted("b", { more: "asks: { max_age: 60 }" }),
    },
    line: "a.yaml:5:10 control: expected a scenario on each transport of this one",
  },
  {
    name: "one with a matrix",
    files: { ...file("a", { control: "b" }), ...accepted("b", { more: "matrix: { n: [1, 2] }" }) },
    line: 'a.yaml:5:10 control: expected one scenario, and "b" has a matrix; name one of its scenarios, such as "b[n=1]"',
  },
  {
    name: "none, beside a rejection",
    files: file("a"),
    line: 'a.yaml:8:45 expect.decision: expected a control beside it: name in `control` a scenario of this channel that must be accepted (found "refuse")',
  },
  {
    name: "none, beside a challenge",
    files: file("a", { decision: "challenge" }),
    line: "a.yaml:8:45 expect.decision: expected a control beside it",
  },
  {
    name: "wrong in some of the scenarios of a matrix",
    files: file("a", {
      control: '"${{ c }}"',
      more: "matrix: { c: [id-token-with-mfa, class-multipleauthn] }",
    }),
    line: "a.yaml:5:10 control: expected a scenario of the channel oidc",
  },
])("control: $name → one problem, with its place", async ({ files, line }) => {
  const found = await problems(files);
  expect(found[0]).toContain(line);
  expect(new Set(found).size).toBe(found.length);
});

test.each([
  { name: "a rejection with one that comes along", files: file("a", { control: "id-token-with-mfa" }) },
  { name: "one of the same folder", files: { ...file("a", { control: "b" }), ...accepted("b") } },
  {
    name: "one scenario of a matrix",
    files: { ...file("a", { control: "b[n=2]" }), ...accepted("b", { more: "matrix: { n: [1, 2] }" }) },
  },
  { name: "none beside an acceptance", files: accepted("a") },
  { name: "none beside what is only judged", files: file("a", { decision: "", transport: "[direct]" }) },
  {
    name: "one that is only judged, for what is only judged",
    files: {
      ...file("a", { decision: "", transport: "[direct]", control: "b" }),
      ...file("b", { decision: "", transport: "[direct]", verdict: "compliant" }),
    },
  },
])("control: $name → no problem", async ({ files }) => {
  expect(await problems(files)).toEqual([]);
});

test("a control in a file that cannot be read is not told of twice", async () => {
  const found = await problems({ ...file("a", { control: "b" }), ...accepted("b", { channel: "smoke" }) });
  expect(found).toEqual([expect.stringContaining("b.yaml:6:22 emission.channel")]);
});
