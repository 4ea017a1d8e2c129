import { type CollectedRun, countCases } from "./collect.ts";
import type { painter } from "./paint.ts";
import { decidingTargets, type ScenarioRow, sideBySide } from "./side-by-side.ts";

type Paint = ReturnType<typeof painter>;

/** The table that sets the judge, the three matchers and the partner apps side by side, and the counts below it. */
export function summaryText(run: CollectedRun, paint: Paint): string {
  const rows = sideBySide(run.cases);
  const targets = decidingTargets(run.cases);
  const matchers = [...new Set(rows.flatMap((row) => Object.keys(row.matchers)))];
  const header = ["", "scenario", "channel", "judge", ...matchers, ...targets];
  const body = rows.map((row) => cells(row, matchers, targets));
  const widths = header.map((title, column) =>
    Math.max(title.length, ...body.map((line) => line[column]?.length ?? 0)),
  );
  const line = (parts: readonly string[]): string =>
    parts
      .map((part, column) => part.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  const table = body.map((parts, index) => paintRow(line(parts), rows[index]?.status, paint));
  return ["", paint("bold", line(header)), ...table, "", ...countLines(run, paint), ""].join("\n");
}

function cells(row: ScenarioRow, matchers: readonly string[], targets: readonly string[]): readonly string[] {
  const mark = { pass: "ok", fail: "FAIL", error: "ERR", pending: "-" }[row.status];
  const answers = matchers.map((name) => row.matchers[name] ?? "");
  const decisions = targets.map((name) => row.decisions[name] ?? "");
  return [mark, row.scenario, row.channel, row.verdict, ...answers, ...decisions];
}

function paintRow(text: string, status: ScenarioRow["status"] | undefined, paint: Paint): string {
  if (status === "fail") return paint("red", text);
  return status === "error" || status === "pending" ? paint("yellow", text) : text;
}

function countLines(run: CollectedRun, paint: Paint): readonly string[] {
  const { pass, fail, error, pending } = countCases(run.cases);
  const scenarios = new Set(run.cases.map(({ info }) => info.scenario)).size;
  const failed = fail === 0 ? `${fail} failed` : paint("red", `${fail} failed`);
  const counts = [
    `${pass} passed`,
    failed,
    ...(error > 0 ? [paint("yellow", `${error} could not be told`)] : []),
  ];
  return [
    `${run.cases.length} cases of ${scenarios} scenarios: ${counts.join(", ")}`,
    ...(run.interrupted ? [paint("yellow", `interrupted: ${pending} cases not run`)] : []),
    ...(run.notRun > 0 ? [paint("dim", `${run.notRun} cases are for other transports (--transport)`)] : []),
  ];
}
