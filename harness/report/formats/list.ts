import type { CaseInfo, CaseResult } from "../../run/events.ts";
import { caseLines as knownOf } from "../case-words.ts";
import { collect } from "../collect.ts";
import { forSummary } from "../for-summary.ts";
import { painter } from "../paint.ts";
import type { CreateReporter, Output } from "../reporter.ts";
import { isAmiss, MARKS } from "../status.ts";
import { summaryText } from "../summary.ts";

/** A line for each case as it ends, one live line on a terminal, then the summary table. */
export const listReporter: CreateReporter = (output) => {
  const paint = painter(output);
  const live = liveLine(output);
  const infos = new Map<string, CaseInfo>();
  let done = 0;
  const summarise = collect((run) => output.write(summaryText(run, paint)));
  return (event) => {
    if (event.type === "run-start") for (const info of event.cases) infos.set(info.id, info);
    if (event.type === "case-start") live.draw(`${done}/${infos.size} ${event.id}`);
    if (event.type === "case-end") {
      done += 1;
      live.clear();
      output.write(linesOf(event.id, event.result, paint));
    }
    if (event.type === "run-end") live.clear();
    summarise(forSummary(event));
  };
};

const COLOURS = {
  pass: "green",
  known: "dim",
  fail: "red",
  error: "yellow",
  inconclusive: "yellow",
  skip: "dim",
} as const;

type Paint = ReturnType<typeof painter>;

function linesOf(id: string, result: CaseResult, paint: Paint): string {
  const { outcome, observation, verdict, durationMilliseconds } = result;
  const mark = paint(COLOURS[outcome.status], MARKS[outcome.status].padEnd(4));
  const seen = [verdict?.verdict, observation?.decision].filter((word) => word !== undefined).join(", ");
  const head = `${mark} ${id}  ${seen} ${paint("dim", `${durationMilliseconds} ms`)}\n`;
  const earlier = (result.retried ?? []).flatMap(({ status, differences }, index) => [
    `attempt ${index + 1}: ${status}`,
    ...differences.map((difference) => `  ${difference}`),
  ]);
  const known = isAmiss(outcome.status) ? knownOf(result) : [];
  const lines = [...earlier, ...outcome.differences, ...known];
  return head + lines.map((line) => `       ${line}\n`).join("");
}

/** The one line that is redrawn; nothing at all when the output is not a terminal. */
function liveLine({ write, columns }: Output): { draw: (text: string) => void; clear: () => void } {
  if (columns === undefined) return { draw: () => undefined, clear: () => undefined };
  const clear = (): void => write("\r\u001B[2K");
  return { clear, draw: (text) => write(`\r\u001B[2K${text.slice(0, columns - 1)}`) };
}
