import type { CollectedCase } from "./collect.ts";

/** How bad it is that a target takes what a correct one refuses, the worst first; what nobody rated comes last. */
const SEVERITIES: readonly string[] = ["critical", "high", "medium", "low", "none", "unrated"];

function severityOf({ info }: CollectedCase): string {
  return info.severity ?? "unrated";
}

/** The cases with the worst first, else in the order given. */
export function worstFirst(cases: readonly CollectedCase[]): readonly CollectedCase[] {
  return cases.toSorted((a, b) => SEVERITIES.indexOf(severityOf(a)) - SEVERITIES.indexOf(severityOf(b)));
}

/** Whether the target let somebody in whom a correct one keeps out, or as somebody else. */
function isLetIn({ info, result }: CollectedCase): boolean {
  if (result?.outcome.status !== "fail" || result.observation?.decision !== "accept") return false;
  return info.expect.decision !== "accept" || result.observation.as === "forged";
}

/** Whether the target kept somebody out whom a correct one lets in. */
function isKeptOut({ info, result }: CollectedCase): boolean {
  const decision = result?.observation?.decision;
  const isRefused = decision === "refuse" || decision === "challenge";
  return result?.outcome.status === "fail" && info.expect.decision === "accept" && isRefused;
}

function signIns(count: number): string {
  return count === 1 ? "1 sign-in" : `${count} sign-ins`;
}

function bySeverity(cases: readonly CollectedCase[]): string {
  const grouped = Map.groupBy(cases, severityOf);
  return SEVERITIES.flatMap((severity) => {
    const { length } = grouped.get(severity) ?? [];
    return length === 0 ? [] : [`${length} ${severity}`];
  }).join(", ");
}

/** What a run is for: what each target let in that a correct one refuses, and the reverse; a sentence each. */
export function wrongDecisionLines(cases: readonly CollectedCase[]): readonly string[] {
  return [...Map.groupBy(cases, ({ info }) => info.target)].flatMap(([target, own]) => {
    const letIn = own.filter(isLetIn);
    const keptOut = own.filter(isKeptOut);
    return [
      ...(letIn.length === 0
        ? []
        : [`${target} let in ${signIns(letIn.length)} that a correct one refuses: ${bySeverity(letIn)}`]),
      ...(keptOut.length === 0
        ? []
        : [`${target} refused ${signIns(keptOut.length)} that a correct one lets in`]),
    ];
  });
}
