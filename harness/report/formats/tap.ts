import { stringify } from "yaml";
import type { CaseInfo, CaseResult } from "../../run/events.ts";
import { decisionLines } from "../case-words.ts";
import type { CreateReporter } from "../reporter.ts";
import { retriedLines } from "../retried.ts";

/** TAP 14: a test point for each case as it ends, a YAML block below one that did not pass, or not at once. */
export const tapReporter: CreateReporter = (output) => {
  const infos = new Map<string, CaseInfo>();
  let count = 0;
  return (event) => {
    if (event.type === "run-start") {
      for (const info of event.cases) infos.set(info.id, info);
      output.write(`TAP version 14\n1..${event.cases.length}\n`);
    }
    if (event.type === "case-end") {
      count += 1;
      output.write(testPoint(count, infos.get(event.id), event.id, event.result));
    }
    if (event.type === "run-end" && event.interrupted && infos.size > 0) {
      output.write(`Bail out! interrupted: ${infos.size - count} cases not run\n`);
    }
  };
};

/** TAP 14: `#` would begin a directive, and a backslash escapes. */
function description(text: string): string {
  return text.replaceAll(/[\\#]/g, "\\$&");
}

function testPoint(number: number, info: CaseInfo | undefined, id: string, result: CaseResult): string {
  const { status, differences } = result.outcome;
  // What was skipped is told as TAP tells it: a test point that is well, with a directive.
  const passed = status === "pass" || status === "skip";
  const title = info === undefined ? id : `${id}: ${info.title}`;
  // TODO is TAP's own directive for a test point that is known to fail.
  const known = status === "known" ? ` # TODO ${description(differences[0] ?? "known")}` : "";
  const skipped = status === "skip" ? ` # SKIP ${description(differences[0] ?? "skipped")}` : "";
  const line = `${passed ? "ok" : "not ok"} ${number} - ${description(title)}${known}${skipped}\n`;
  const retried = retriedLines(result);
  if (passed && retried.length === 0) return line;
  const { verdict, observation } = result;
  const diagnostics = {
    status,
    differences,
    ...(verdict === undefined ? {} : { verdict: verdict.verdict, findings: verdict.findings }),
    ...(observation?.decision === undefined ? {} : { decision: observation.decision }),
    ...listed("retried", retried),
    ...listed("seen", decisionLines(result)),
    ...listed(
      "evidence",
      (result.evidence ?? []).map(({ path }) => path),
    ),
  };
  const block = stringify(diagnostics, { lineWidth: 0 }).trimEnd().replaceAll(/^/gm, "  ");
  return `${line}  ---\n${block}\n  ...\n`;
}

function listed(name: string, lines: readonly string[]): Readonly<Record<string, readonly string[]>> {
  return lines.length === 0 ? {} : { [name]: lines };
}
