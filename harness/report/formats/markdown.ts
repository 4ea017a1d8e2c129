import { caseLines } from "../case-words.ts";
import { type CollectedCase, type CollectedRun, collect, countCases } from "../collect.ts";
import { leftOutLines } from "../left-out-text.ts";
import type { CreateReporter } from "../reporter.ts";
import { retriedLines } from "../retried.ts";
import { channelTables, type ChannelTable } from "../side-by-side.ts";
import { skippedLines } from "../skipped-lines.ts";
import { countWords, isAmiss } from "../status.ts";
import { worstFirst, wrongDecisionLines } from "../wrong-decisions.ts";

/** A summary in Markdown, as a job summary or a comment shows it: counts, what did not pass, the tables folded away. */
export const markdownReporter: CreateReporter = (output) => collect((run) => output.write(summary(run)));

function summary(run: CollectedRun): string {
  const counts = countCases(run.cases);
  const words = countWords(counts).map((count) => count.words);
  const amiss = worstFirst(run.cases.filter(({ result }) => isAmiss(result?.outcome.status)));
  const wrong = wrongDecisionLines(run.cases);
  const retried = run.cases.filter(({ result }) => retriedLines(result).length > 0);
  return [
    `## mfa-harness: ${words.join(", ")}`,
    ...(wrong.length > 0 ? [wrong.map((line) => `**${escape(line)}**`).join("  \n")] : []),
    ...(run.interrupted ? [`Interrupted: ${counts.pending} cases were not run.`] : []),
    ...(run.notes.length > 0 ? [run.notes.map((note) => `- ${escape(note)}`).join("\n")] : []),
    ...(run.leftOut.length > 0 ? [leftOutList(run)] : []),
    ...(counts.skip > 0 ? [list(skippedLines(run.cases))] : []),
    ...(amiss.length > 0 ? [table(["severity", "case", "what differs"], amiss.map(caseCells))] : []),
    ...(retried.length > 0 ? [table(["case", "tried before"], retried.map(retriedCells))] : []),
    ...channelTables(run.cases).map(folded),
    "",
  ].join("\n\n");
}

function leftOutList({ leftOut }: CollectedRun): string {
  return list(leftOutLines(leftOut));
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${escape(line)}`).join("\n");
}

function caseCells({ info, result }: CollectedCase): readonly string[] {
  const lines = result === undefined ? [] : [...result.outcome.differences, ...caseLines(result)];
  return [escape(result?.severity ?? info.severity ?? ""), code(info.id), lines.map(escape).join("<br>")];
}

function retriedCells({ info, result }: CollectedCase): readonly string[] {
  return [code(info.id), retriedLines(result).map(escape).join("<br>")];
}

function folded({ channel, readers, partnerApps, rows }: ChannelTable): string {
  const heads = ["", "scenario", "judge", ...readers, ...partnerApps];
  const body = rows.map((row) => [
    row.status,
    code(row.scenario),
    escape(row.verdict),
    ...readers.map((name) => escape(row.matchers[name] ?? "")),
    ...partnerApps.map((name) => escape(row.decisions[name] ?? "")),
  ]);
  const caption = `${escape(channel)}: ${rows.length} scenarios`;
  return `<details><summary>${caption}</summary>\n\n${table(heads.map(escape), body)}\n\n</details>`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)].join("\n");
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

/** Whatever Markdown or HTML would take for its own is shown as it is. */
function escape(text: string): string {
  const entities = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return entities.replaceAll(/[\\`*_{}[\]()#!|~@]/g, "\\$&");
}

function code(text: string): string {
  return `\`${text.replaceAll("`", "'").replaceAll("|", "\\|")}\``;
}
