import { caseLines } from "../case-words.ts";
import { type CollectedCase, collect, countCases } from "../collect.ts";
import type { CreateReporter } from "../reporter.ts";
import { retriedLines } from "../retried.ts";
import { skippedLines } from "../skipped-lines.ts";
import { countWords, isAmiss } from "../status.ts";
import { worstFirst, wrongDecisionLines } from "../wrong-decisions.ts";

/** GitHub shows ten annotations of a step and drops the rest. */
const SHOWN = 10;

/** Workflow commands of GitHub Actions: an annotation for each case that did not pass, then one line of counts. */
export const githubReporter: CreateReporter = (output) =>
  collect(({ cases, interrupted }) => {
    const counts = countCases(cases);
    const amiss = worstFirst(cases.filter(({ result }) => isAmiss(result?.outcome.status)));
    for (const one of amiss.slice(0, SHOWN)) output.write(annotation(one));
    const words = [
      ...countWords(counts).map((count) => count.words),
      ...wrongDecisionLines(cases),
      ...skippedLines(cases),
    ];
    const rest = amiss.length > SHOWN ? `, ${amiss.length - SHOWN} more without an annotation` : "";
    const retried = cases.filter(({ result }) => retriedLines(result).length > 0).length;
    const again = retried === 0 ? "" : `, ${retried} tried more than once`;
    const cut = interrupted ? `, interrupted: ${counts.pending} not run` : "";
    output.write(command("notice", { title: "mfa-harness" }, `${words.join(", ")}${again}${rest}${cut}`));
  });

function annotation({ info, result }: CollectedCase): string {
  const { file, id, title } = info;
  const level = result?.outcome.status === "fail" ? "error" : "warning";
  const properties = { ...(file === undefined ? {} : { file }), title: `${id}: ${title}` };
  const lines =
    result === undefined
      ? []
      : [...result.outcome.differences, ...retriedLines(result), ...caseLines(result)];
  return command(level, properties, lines.join("\n"));
}

function command(name: string, properties: Readonly<Record<string, string>>, message: string): string {
  const written = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)}`);
  return `::${name} ${written.join(",")}::${escapeData(message)}\n`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
