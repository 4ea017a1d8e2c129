import type { CaseResult } from "../../run/events.ts";
import { decisionLines } from "../case-words.ts";
import { type CollectedCase, type CollectedRun, collect, countCases } from "../collect.ts";
import { escapeXml } from "../escape.ts";
import type { CreateReporter } from "../reporter.ts";
import { retriedLines } from "../retried.ts";

/** JUnit XML, as CI servers read it: one suite for each channel, one test case for each case. */
export const junitReporter: CreateReporter = (output) => collect((run) => output.write(junitText(run)));

function junitText(run: CollectedRun): string {
  const byChannel = Map.groupBy(run.cases, ({ info }) => info.channel);
  const suites = [...byChannel].map(([channel, cases]) => suite(channel, cases, run.startedAt));
  // The schema of Jenkins knows no `skipped` here, only on each suite.
  const { skipped: _skipped, ...counts } = suiteCounts(run.cases);
  const totals = attributes({ name: "mfa-harness", ...counts });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ${totals}>\n${suites.join("")}</testsuites>\n`;
}

function suite(channel: string, cases: readonly CollectedCase[], startedAt: number): string {
  const timestamp = new Date(startedAt * 1000).toISOString().slice(0, 19);
  const head = attributes({ name: channel, timestamp, hostname: "localhost", ...suiteCounts(cases) });
  return `  <testsuite ${head}>\n${cases.map(testCase).join("")}  </testsuite>\n`;
}

function suiteCounts(cases: readonly CollectedCase[]) {
  const { fail, error, inconclusive, known, pending, skip } = countCases(cases);
  return {
    tests: String(cases.length),
    failures: String(fail),
    errors: String(error + inconclusive),
    skipped: String(pending + known + skip),
    time: seconds(cases.reduce((sum, { result }) => sum + (result?.durationMilliseconds ?? 0), 0)),
  };
}

function testCase({ info, result }: CollectedCase): string {
  const time = seconds(result?.durationMilliseconds ?? 0);
  const classname = `${info.channel}.${info.scenario}`;
  const head = attributes({ name: `${info.transport} ${info.target}: ${info.title}`, classname, time });
  const body = result === undefined ? "      <skipped/>\n" : `${problem(result)}${besides(result)}`;
  return body === "" ? `    <testcase ${head}/>\n` : `    <testcase ${head}>\n${body}    </testcase>\n`;
}

function problem(result: CaseResult): string {
  const { status, differences } = result.outcome;
  if (status === "pass") return "";
  if (status === "known" || status === "skip")
    return `      <skipped ${attributes({ message: differences[0] ?? "" })}/>\n`;
  const element = status === "fail" ? "failure" : "error";
  const head = attributes({ message: differences[0] ?? "", type: status });
  const text = [...differences, ...decisionLines(result)].join("\n");
  return `      <${element} ${head}>${escapeXml(text)}</${element}>\n`;
}

/** Attempts before this one, and files in the notation that CI servers read. */
function besides(result: CaseResult): string {
  const files = (result.evidence ?? []).map(({ path }) => `[[ATTACHMENT|${path}]]`);
  const lines = [...retriedLines(result), ...files];
  if (lines.length === 0) return "";
  return `      <system-out>${escapeXml(lines.join("\n"))}</system-out>\n`;
}

function attributes(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${escapeXml(value)}"`)
    .join(" ");
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}
