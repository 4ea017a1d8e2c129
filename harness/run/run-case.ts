import type { Case } from "../scenario/expand.ts";
import type { EvidenceFile } from "../transport/evidence.ts";
import { attemptCase, type Attempted, type AttemptOptions } from "./attempt.ts";
import type { Watch } from "./brought-down.ts";
import type { Controls } from "./controls.ts";
import type { CaseResult, Outcome } from "./events.ts";
import { ofUncheckedSignature } from "./unchecked-signature.ts";

/** What a case is run with. */
export interface CaseOptions extends AttemptOptions {
  /** How often a case that did not pass is tried again. */
  readonly retries: number;
  readonly controls: Controls;
  readonly watched: Watch["watched"];
  /** For each transport and target, the case that tells that no signature is checked. */
  readonly plainest: ReadonlyMap<string, string>;
}

/** Tries a case until it passes or no retry is left; what came to nothing before is told, never hidden. */
export async function attemptWithRetries(
  next: Case,
  options: AttemptOptions & Pick<CaseOptions, "retries">,
): Promise<Attempted & Pick<CaseResult, "retried">> {
  const retried: Outcome[] = [];
  const kept: EvidenceFile[] = [];
  for (;;) {
    const attempted = await attemptCase(next, options, retried.length + 1);
    const { outcome } = attempted;
    kept.push(...(attempted.evidence ?? []));
    if (outcome.status === "pass" || outcome.status === "skip" || retried.length >= options.retries) {
      const evidence = kept.length === 0 ? {} : { evidence: kept };
      return retried.length === 0 ? attempted : { ...attempted, ...evidence, retried };
    }
    retried.push(outcome);
  }
}

/** What is refused proves nothing where the control is refused too: that target may refuse everything. */
function besideControl(outcome: Outcome, control: string, controlOutcome: Outcome): Outcome {
  if (outcome.status !== "pass" || controlOutcome.status === "pass") return outcome;
  const why = controlOutcome.differences.join("; ");
  return { status: "inconclusive", differences: [`its control ${control} did not pass: ${why}`] };
}

/** Runs one case, its control beside it. */
export async function runCase(
  next: Case,
  options: CaseOptions,
): Promise<Omit<CaseResult, "durationMilliseconds">> {
  const { controls, trust, plainest } = options;
  const control = await controls.of(next);
  const attempted = await options.watched(next, () => attemptWithRetries(next, options));
  const ground = { trust, plainest, takesProbe: controls.takesBrokenSignature };
  const found = (await ofUncheckedSignature(next, attempted, ground)) ?? attempted.outcome;
  const { asked: _asked, ...result } = attempted;
  if (control === undefined) return { ...result, outcome: controls.explained(next, found) };
  return { ...result, outcome: besideControl(found, next.scenario.control ?? "", control) };
}
