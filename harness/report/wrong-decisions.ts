import { isRightDecision, letsInSomebodyElse } from "../run/decisions.ts";
import type { CollectedCase } from "./collect.ts";

/** How bad it is that a target takes what a correct one refuses, the worst first; what nobody rated comes last. */
const SEVERITIES: readonly string[] = ["critical", "high", "medium", "low", "none", "unrated"];

function severityOf({ info, result }: CollectedCase): string {
  return result?.severity ?? info.severity ?? "unrated";
}

/** The cases with the worst first, else in the order given. */
export function worstFirst(cases: readonly CollectedCase[]): readonly CollectedCase[] {
  return cases.toSorted((a, b) => SEVERITIES.indexOf(severityOf(a)) - SEVERITIES.indexOf(severityOf(b)));
}

/** Whether the target let somebody in whom a correct one keeps out. */
function isLetIn({ info, result }: CollectedCase): boolean {
  const { decision: wanted } = info.expect;
  const seen = result?.observation;
  if (result?.outcome.status !== "fail" || seen?.decision !== "accept") return false;
  const isElse = letsInSomebodyElse(seen) && info.expect.orAccept !== "anybody";
  // Where nobody demands a decision, or either is right, the case failed for something else.
  return wanted !== undefined && wanted !== "accept" && (isElse || !isRightDecision(seen, info.expect));
}

/** Whether the target opened somebody else's session where it is right to let in who signed in. */
function isMistaken({ info, result }: CollectedCase): boolean {
  const { decision, as } = result?.observation ?? {};
  const isAccepted = result?.outcome.status === "fail" && decision === "accept";
  return isAccepted && info.expect.decision === "accept" && as === "forged";
}

/** Whether the target kept somebody out whom a correct one lets in. */
function isKeptOut({ info, result }: CollectedCase): boolean {
  const decision = result?.observation?.decision;
  const isRefused = decision === "refuse" || decision === "challenge";
  const isWanted = info.expect.decision === "accept" && info.expect.orRefuse !== true;
  return result?.outcome.status === "fail" && isWanted && isRefused;
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

/** What a run is for: what each target let in that a correct one does not, and the reverse; a sentence each. */
export function wrongDecisionLines(cases: readonly CollectedCase[]): readonly string[] {
  return [...Map.groupBy(cases, ({ info }) => info.target)].flatMap(([target, own]) => {
    const letIn = own.filter(isLetIn);
    const mistaken = own.filter(isMistaken);
    const keptOut = own.filter(isKeptOut);
    const fallen = own.filter(({ result }) => result?.severity !== undefined);
    return [
      ...(fallen.length === 0
        ? []
        : [`${target} was brought down by ${signIns(fallen.length)}: ${bySeverity(fallen)}`]),
      ...(letIn.length === 0
        ? []
        : [`${target} accepted ${signIns(letIn.length)} that it should reject (${bySeverity(letIn)})`]),
      ...(mistaken.length === 0
        ? []
        : [
            `${target} opened the session of somebody else in ${signIns(mistaken.length)} (${bySeverity(mistaken)})`,
          ]),
      ...(keptOut.length === 0
        ? []
        : [`${target} rejected ${signIns(keptOut.length)} that it should accept`]),
    ];
  });
}
