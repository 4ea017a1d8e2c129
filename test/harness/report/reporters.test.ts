import { parse } from "node-html-parser";
import { DOMParser } from "@xmldom/xmldom";
import { expect, test } from "vitest";
import type { Output } from "../../../harness/report/reporter.ts";
import { REPORTER_NAMES, type ReporterName, reporters } from "../../../harness/report/reporters.ts";
import type { RunEvent } from "../../../harness/run/events.ts";
import { INTERRUPTED_RUN } from "../../support/run-events.ts";

function render(name: ReporterName, columns?: number): string {
  const chunks: string[] = [];
  const output: Output = { write: (text) => void chunks.push(text), columns };
  const reporter = reporters[name](output);
  for (const event of INTERRUPTED_RUN) reporter(event);
  return chunks.join("");
}

test("list: a line for each finished case, then all readers side by side, then the counts", () => {
  expect(render("list")).toBe(`ok   first/direct/library  non-compliant 12 ms
FAIL first/protocol/relying-party  non-compliant, accept 12 ms
       decision: accept, expected refuse
ERR  second/protocol/relying-party  non-compliant 12 ms
       the target showed nothing

      oidc    judge          strict  ms-cmdlet  ms-mca  relying-party
FAIL  first   non-compliant  fail    pass       fail    accept
ERR   second  non-compliant  fail    pass       fail    ?
-     third                                             ?

relying-party accepted 1 sign-in that it should reject (1 high)
4 cases of 3 scenarios: 1 passed, 1 failed, 1 undecided
interrupted: 1 not run
3 cases skipped: they need another --transport
`);
});

test("list: the live line is drawn on a terminal only, fits it, and is gone at the end", () => {
  const drawn = render("list", 20).split("\r\u001B[2K");
  expect(drawn[1]).toBe("0/4 first/direct/li");
  expect(drawn.at(-1)).toMatch(/^\n/);
  expect(render("list")).not.toContain("\r");
});

test("json: the whole run as one document", () => {
  const document: unknown = JSON.parse(render("json"));
  expect(document).toMatchObject({
    startedAt: 1_767_225_600,
    endedAt: 1_767_225_603,
    interrupted: true,
    notRun: 3,
    counts: { pass: 1, fail: 1, error: 1, pending: 1 },
    scenarios: [
      {
        scenario: "first",
        status: "fail",
        verdict: "non-compliant",
        decisions: { "relying-party": "accept" },
      },
      { scenario: "second", status: "error" },
      { scenario: "third", status: "pending" },
    ],
    cases: [
      { id: "first/direct/library", outcome: { status: "pass" } },
      {},
      {},
      { id: "third/protocol/relying-party" },
    ],
  });
});

test("junit: well-formed, with the counts where CI servers look", () => {
  const document = new DOMParser().parseFromString(render("junit"), "text/xml");
  const suites = Array.from(document.getElementsByTagName("testsuite"));
  expect(
    suites.map((suite) => ["tests", "failures", "errors", "skipped"].map((name) => suite.getAttribute(name))),
  ).toEqual([["4", "1", "1", "1"]]);
  const cases = Array.from(document.getElementsByTagName("testcase"));
  expect(cases.map((element) => element.getAttribute("name"))).toContain(
    "protocol relying-party: Title of first <b>",
  );
  expect(document.getElementsByTagName("failure")[0]?.textContent).toBe("decision: accept, expected refuse");
});

test("html: one page that loads nothing, escapes what it shows and opens what did not pass", () => {
  const html = render("html");
  const page = parse(html);
  expect(html).not.toMatch(/<script [^>]|src=|href="http|fetch\(|import\(/);
  expect(page.querySelectorAll("tbody tr").map((row) => row.getAttribute("class"))).toEqual([
    "fail",
    "error",
    "pending",
  ]);
  expect(page.querySelector("#first summary")?.text).toContain("Title of first <b>");
  expect(page.querySelectorAll("details[open]").map(({ id }) => id)).toEqual(["first", "second", "third"]);
  expect(page.querySelector("#first")?.text).toContain('amr is ["<pwd>"]');
  expect(page.querySelector("#first li b, #first li pwd, #first summary b b")).toBeNull();
});

const folds = REPORTER_NAMES.filter((name) => name !== "jsonl");

test.each(folds)("%s: says nothing of a run that never started", (name) => {
  const chunks: string[] = [];
  const reporter = reporters[name]({ write: (text) => void chunks.push(text), columns: undefined });
  reporter({ type: "run-end", at: 0, interrupted: true });
  expect(chunks).toEqual([]);
});

const RETRIED = INTERRUPTED_RUN.map((event): RunEvent => {
  if (event.type !== "case-end" || event.result.outcome.status !== "pass") return event;
  const retried = [{ status: "error" as const, differences: ["the connection broke"] }];
  return { ...event, result: { ...event.result, retried } };
});

test.each(REPORTER_NAMES)("%s: a case that passed on a retry says so", (name) => {
  const render = (events: readonly RunEvent[]): string => {
    const chunks: string[] = [];
    const reporter = reporters[name]({ write: (text) => void chunks.push(text), columns: undefined });
    for (const event of events) reporter(event);
    return chunks.join("");
  };
  const wanted = name === "github" ? "1 tried more than once" : "the connection broke";
  expect(render(RETRIED)).toContain(wanted);
  expect(render(INTERRUPTED_RUN)).not.toContain(wanted);
});
