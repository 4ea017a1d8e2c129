import * as fc from "fast-check";
import { XmlDocument } from "libxml2-wasm";
import { parse } from "node-html-parser";
import { Parser } from "tap-parser";
import { describe, expect, test } from "vitest";
import { verdictsText } from "../../../harness/cli/judge/verdict-text.ts";
import { checkText } from "../../../harness/doctor/check-text.ts";
import { isEvent } from "../../../harness/report/replay.ts";
import { jsonText, printable, printableLines } from "../../../harness/report/printable.ts";
import { REPORTER_NAMES, type ReporterName, reporters } from "../../../harness/report/reporters.ts";
import type { RunEvent } from "../../../harness/run/events.ts";
import { EVIDENT_RUN } from "../../support/run-events.ts";

// What nobody but this harness may write: what terminals obey, and what is not shown as it stands.
// ECMA-48 §5 and Unicode UAX #9 §2, Core Specification §23.7.
const OBEYED_BY_TERMINALS: readonly (readonly [number, number])[] = [
  [0x00, 0x09],
  [0x0b, 0x1f],
  [0x7f, 0x9f],
  [0x061c, 0x061c],
  [0x200e, 0x200f],
  [0x2028, 0x202e],
  [0x2066, 0x2069],
  [0xfffe, 0xffff],
];

function isObeyed(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return OBEYED_BY_TERMINALS.some(([first, last]) => code >= first && code <= last);
}

// GitHub's runner, src/Runner.Common/ActionCommand.cs: after the indent is trimmed, or anywhere in a line; both compare by
// culture, which overlooks what is invisible. Azure Pipelines and TeamCity have commands of the second kind.
const INVISIBLE = /\p{Cf}/gu;
const OBEYED_BY_RUNNERS = /^\s*::|##\w*\[/m;

function obeyed(text: string): readonly string[] {
  const lines = text.split("\n");
  return lines.filter(
    (line) => Array.from(line).some(isObeyed) || OBEYED_BY_RUNNERS.test(line.replaceAll(INVISIBLE, "")),
  );
}

const PIECES = [
  "\u001B[31m",
  "\u001B]8;;https://evil.example\u0007",
  "\u009B2J",
  "\u0000",
  "\b",
  "\t",
  "\r",
  "\n",
  "\r\n",
  "\u0085",
  "\u2028",
  "\u2029",
  "\u202E",
  "\u2066",
  "\u200F",
  "\u200B",
  "\u00AD",
  "\uFEFF",
  "\u00A0",
  "\uD800",
  "\uDFFF",
  "\uFFFE",
  "\u{1FFFE}",
  "::",
  "::error file=x::",
  "::set-output name=a::b",
  ":\u200B:stop-commands::x",
  "##[error]",
  "##[",
  "#",
  "##vso[task.setvariable variable=a]b",
  "##teamcity[testFailed]",
  "#\u00AD#[group]",
  "Bail out!",
  "ok 9 - ",
  "not ok",
  "  ---",
  "]]>",
  "<script>x()</script>",
  '" onload="x()',
  "|",
  "`",
  "</details>",
  "%0A",
  "a",
  " ",
  "日本",
];

const foreign = fc.array(fc.constantFrom(...PIECES), { maxLength: 6 }).map((pieces) => pieces.join(""));

// A recording names these from lists of its own.
const WORDS = new Set(["type", "status", "decision", "as", "confidence", "transport", "severity", "kind"]);

/** The same with another text for every text of others. */
function withTexts(value: unknown, text: () => string, name = ""): unknown {
  if (typeof value === "string") return WORDS.has(name) ? value : text();
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => withTexts(item, text, name));
  const members = Object.entries(value).map(([key, old]) => [key, withTexts(old, text, key)]);
  return Object.fromEntries(members);
}

function runWith(text: () => string): readonly RunEvent[] {
  const ids = new Map<string, string>();
  const events = EVIDENT_RUN.map((event) => {
    const copy = withTexts(event, text);
    if (!isEvent(copy)) throw new TypeError("no event");
    if (copy.type !== "run-start" || event.type !== "run-start") return { event, copy };
    // A run tells of the cases that it has.
    for (const [index, { id }] of copy.cases.entries()) ids.set(event.cases[index]?.id ?? "", id);
    return { event, copy: { ...copy, leftOut: [{ target: text(), needs: text(), scenarios: 2 }] } };
  });
  return events.map(({ event, copy }) =>
    "id" in event && "id" in copy ? { ...copy, id: ids.get(event.id) ?? "" } : copy,
  );
}

function render(name: ReporterName, events: readonly RunEvent[]): string {
  let text = "";
  const reporter = reporters[name]({ write: (more) => void (text += more), columns: undefined });
  for (const event of events) reporter(event);
  return text;
}

/** A run in which each text of others is one of these, in turn. */
function runOf(texts: readonly string[]): readonly RunEvent[] {
  let next = 0;
  return runWith(() => texts[next++ % texts.length] ?? "");
}

const runTexts = fc.array(foreign, { minLength: 3, maxLength: 12 });
const RUNS = { numRuns: 25 };

const anyText = fc
  .array(fc.integer({ min: 0, max: 0xffff }))
  .map((units) => units.map((unit) => String.fromCharCode(unit)).join(""));

const PLAIN = runOf(["a"]);

describe.each(REPORTER_NAMES)("%s", (name) => {
  test("writes nothing that a terminal or a CI runner obeys, whatever others wrote", () => {
    fc.assert(
      fc.property(runTexts, (texts) => {
        const text = render(name, runOf(texts));
        const own = name === "github" ? text.replaceAll(/^::(?:error|warning|notice) /gm, "") : text;
        expect(obeyed(own)).toEqual([]);
      }),
      RUNS,
    );
  });
});

test.each(["list", "tap", "github"] as const)("%s: text of others makes no line of its own", (name) => {
  const count = (events: readonly RunEvent[]): number => render(name, events).split("\n").length;
  fc.assert(
    fc.property(foreign, (text) => {
      expect(count(runOf([`a${text}`]))).toBe(count(PLAIN));
    }),
    RUNS,
  );
});

test("junit: well-formed", () => {
  fc.assert(
    fc.property(runTexts, (texts) => {
      XmlDocument.fromString(render("junit", runOf(texts))).dispose();
    }),
    RUNS,
  );
});

/** The elements of the report, each with the names of its attributes. */
function shape(events: readonly RunEvent[]): readonly string[] {
  return parse(render("html", events))
    .querySelectorAll("*")
    .map(({ tagName, attributes }) => `${tagName} ${Object.keys(attributes).join(" ")}`);
}

test("html: no element but those of the report, each handler its own", () => {
  const wanted = shape(PLAIN);
  fc.assert(
    fc.property(foreign, (text) => {
      expect(shape(runOf([`a${text}`]))).toEqual(wanted);
    }),
    RUNS,
  );
});

test("tap: the test points are those of the run", () => {
  fc.assert(
    fc.property(runTexts, (texts) => {
      const points = Parser.parse(render("tap", runOf(texts))).filter(([type]) => type === "assert");
      expect(points).toHaveLength(3);
    }),
    RUNS,
  );
});

test("jsonl, json: nothing is lost", () => {
  fc.assert(
    fc.property(runTexts, (texts) => {
      const events = runOf(texts);
      const told: unknown[] = render("jsonl", events)
        .split("\n")
        .flatMap((line): readonly unknown[] => (line === "" ? [] : [JSON.parse(line)]));
      expect(told).toEqual(JSON.parse(JSON.stringify(events)));
      const [start] = events;
      expect(JSON.parse(render("json", events))).toMatchObject({
        cases: start?.type === "run-start" ? start.cases.map(({ title }) => ({ title })) : [],
      });
    }),
    RUNS,
  );
});

test("any text, any value", () => {
  fc.assert(
    fc.property(fc.oneof(foreign, anyText), (text) => {
      expect(obeyed(printable(text))).toEqual([]);
      expect(printable(text)).not.toContain("\n");
      expect(obeyed(printableLines(text))).toEqual([]);
      expect(printable(printable(text))).toBe(printable(text));
      expect(obeyed(jsonText({ [text]: [text] }))).toEqual([]);
      expect(JSON.parse(jsonText({ a: text }, 2))).toEqual({ a: text });
    }),
    { numRuns: 200 },
  );
});

test("doctor: what an app wrote looks like no check", () => {
  const said = "portal ended (exit code 1)\nIt wrote:\n  \u001B[2J\nok    portal: signs in\n  ::error::x";
  const text = printableLines(checkText([{ status: "fail", what: "start", found: said, todo: "a\nok  b" }]));
  expect(text.split("\n").filter((line) => /^(ok|warn|FAIL) /.test(line))).toHaveLength(1);
  expect(obeyed(text)).toEqual([]);
});

test("judge: what an artifact says makes no line of its own", () => {
  const start = EVIDENT_RUN.find((event) => event.type === "case-end");
  const verdict = start?.result.verdict;
  if (verdict === undefined) throw new TypeError("there is no verdict");
  const lines = (at: string): number => {
    const findings = verdict.findings.map((finding) => ({ ...finding, at, message: at }));
    const text = verdictsText(
      [{ found: { kind: "id-token", artifact: "", at }, verdict: { ...verdict, reason: at, findings } }],
      0,
    );
    expect(obeyed(text)).toEqual([]);
    return text.split("\n").length;
  };
  fc.assert(
    fc.property(foreign, (text) => {
      expect(lines(`a${text}`)).toBe(lines("a"));
    }),
    RUNS,
  );
});
