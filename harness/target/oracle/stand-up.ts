import type { SeenDecision } from "../read-decision.ts";
import type { Acquaintance } from "./acquaintance.ts";

/** What an app went through while a case ran. */
export interface Course {
  /** Where it failed, and how: `/callback 500`. */
  readonly failures: readonly string[];
  /** How often it had lost its memory before the case. */
  readonly lossesBefore: number;
  /** Whether the decision is the word of the app's file, which no failure takes back. */
  readonly isSaid: boolean;
}

/**
 * Takes a refusal for one only if nothing else explains it: the app failed, it lets nobody in any more, or it lost its
 * memory while the sign-in was under way.
 */
export async function standUp(
  decided: SeenDecision,
  { stillLetsIn, sentinel, rejections }: Pick<Acquaintance, "stillLetsIn" | "sentinel" | "rejections">,
  { failures, lossesBefore, isSaid }: Course,
): Promise<SeenDecision> {
  const { decision, signals } = decided;
  if (decision === undefined || decision === "accept") return decided;
  if (failures.length > 0 && !isSaid && !(await rejections.failSo(failures))) {
    return without(decided, `the app failed, ${failures.join(", ")}: whoever fails has not refused`);
  }
  if (!(await stillLetsIn())) {
    const shut = "afterwards: a good sign-in was not let in either, so that this refusal proves nothing";
    return without(decided, shut);
  }
  if (sentinel.losses() > lossesBefore) {
    const lost =
      "afterwards: somebody who was signed in before is not any more; the app lost its memory, and this sign-in perhaps with it";
    return without(decided, lost);
  }
  return { ...decided, signals: [...signals, "afterwards: a good sign-in was let in"] };
}

function without({ as, signals }: SeenDecision, why: string): SeenDecision {
  return { decision: undefined, ...(as === undefined ? {} : { as }), signals: [...signals, why] };
}
