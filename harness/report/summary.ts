import { type CollectedRun, countCases, extentWords } from "./collect.ts";
import type { painter } from "./paint.ts";
import { leftOutLines, otherTransports } from "./left-out-text.ts";
import { skippedLines } from "./skipped-lines.ts";
import { countWords, MARKS } from "./status.ts";
import { wrongDecisionLines } from "./wrong-decisions.ts";
import { channelTables, type ChannelTable, type ScenarioRow } from "./side-by-side.ts";

type Paint = ReturnType<typeof painter>;

/** A table for each channel that sets the judge, the readers and the partner apps side by side; the counts below. */
export function summaryText(run: CollectedRun, paint: Paint): string {
  const tables = channelTables(run.cases).flatMap((table) => ["", ...tableLines(table, paint)]);
  return [...tables, "", ...countLines(run, paint), ""].join("\n");
}

function tableLines(table: ChannelTable, paint: Paint): readonly string[] {
  const header = ["", table.channel, "judge", ...table.readers, ...table.partnerApps];
  const body = table.rows.map((row) => cells(row, table));
  const widths = header.map((title, column) =>
    Math.max(title.length, ...body.map((line) => line[column]?.length ?? 0)),
  );
  const line = (parts: readonly string[]): string =>
    parts
      .map((part, column) => part.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  const rows = body.map((parts, index) => paintRow(line(parts), table.rows[index]?.status, paint));
  return [paint("bold", line(header)), ...rows];
}

function cells(row: ScenarioRow, { readers, partnerApps }: ChannelTable): readonly string[] {
  const mark = MARKS[row.status];
  const answers = readers.map((name) => row.matchers[name] ?? "");
  const decisions = partnerApps.map((name) => row.decisions[name] ?? "");
  return [mark, row.scenario, row.verdict, ...answers, ...decisions];
}

function paintRow(text: string, status: ScenarioRow["status"] | undefined, paint: Paint): string {
  if (status === "fail") return paint("red", text);
  return status === "pass" || status === "skip" || status === undefined ? text : paint("yellow", text);
}

function countLines(run: CollectedRun, paint: Paint): readonly string[] {
  const all = countCases(run.cases);
  const counts = countWords(all).map(({ status, count, words }) =>
    status === "pass" || status === "skip" || count === 0
      ? words
      : paint(status === "fail" ? "red" : "yellow", words),
  );
  return [
    ...run.notes,
    ...wrongDecisionLines(run.cases).map((line) => paint("red", line)),
    `${extentWords(run.cases)}: ${counts.join(", ")}`,
    ...(run.interrupted ? [paint("yellow", `interrupted: ${all.pending} not run`)] : []),
    ...(run.notRun > 0 ? [paint("dim", otherTransports(run.notRun))] : []),
    ...skippedLines(run.cases).map((line) => paint("dim", line)),
    ...leftOutLines(run.leftOut).map((line) => paint("dim", line)),
  ];
}
