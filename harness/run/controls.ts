import type { Case } from "../scenario/expand.ts";
import type { Scenario } from "../scenario/schema.ts";
import type { Attempted } from "./attempt.ts";
import type { Outcome } from "./events.ts";
import { signatureProbe } from "./unchecked-signature.ts";

/** Whether the control of a case came out right on the same transport against the same target. */
export interface Controls {
  /** Undefined: the case names no control. A control that cannot be tried proves nothing. */
  readonly of: (next: Case) => Promise<Outcome> | undefined;
  /** Whether the target takes the control with a broken signature; tried once for each control. */
  readonly takesBrokenSignature: (next: Case) => Promise<boolean>;
  /** Says of a good sign-in that did not pass why that may be, where the target took one before this run. */
  readonly explained: (next: Case, outcome: Outcome) => Outcome;
}

/** The case of another case's control; undefined when it cannot be tried beside that one. */
function controlOf(next: Case, byId: ReadonlyMap<string, Scenario>): Case | undefined {
  const scenario = byId.get(next.scenario.control ?? "");
  if (scenario === undefined || !scenario.transport.includes(next.transport)) return undefined;
  const { transport, target } = next;
  return { id: `${scenario.id}/${transport}/${target}`, scenario, transport, target };
}

const MAX_TRIES = 3;

/** Scenarios that come from files have been checked for this; whoever gives them otherwise may have overlooked it. */
function untried({ transport }: Case): Outcome {
  const why = `it is not among the scenarios of this run, or not for the transport ${transport}`;
  return { status: "inconclusive", differences: [why] };
}

/** What accepted good sign-ins and does so no more may know other keys than those of now. */
function withOldKeys(outcome: Outcome, target: string, accepted: string | undefined): Outcome {
  if (outcome.status === "pass" || accepted === undefined) return outcome;
  const why = `doctor saw ${target} accept a good sign-in at ${accepted}: it may hold keys of an earlier start, so restart it or let it fetch them again`;
  return { ...outcome, differences: [...outcome.differences, why] };
}

/**
 * Makes the controls of a run. Each is tried once, by the first case that needs it, whether the run would run it or not;
 * where nothing could be told of it, as when the target was just falling over, a later case tries it again.
 *
 * @param scenarios every scenario that may be a control
 * @param attempt tries a case
 * @param acceptedBefore when each target was seen to accept a good sign-in before this run
 */
export function makeControls(
  scenarios: readonly Scenario[],
  attempt: (next: Case) => Promise<Attempted>,
  acceptedBefore: ReadonlyMap<string, string> = new Map(),
): Controls {
  const byId = new Map(scenarios.map((scenario) => [scenario.id, scenario]));
  const outcomes = new Map<string, Promise<Outcome>>();
  const tries = new Map<string, number>();
  const broken = new Map<string, Promise<boolean>>();
  const tryBroken = async (probe: Case): Promise<boolean> =>
    (await attempt(probe)).observation?.decision === "accept";
  const tryOnce = async (control: Case): Promise<Outcome> => {
    const times = (tries.get(control.id) ?? 0) + 1;
    tries.set(control.id, times);
    const attempted = await attempt(control);
    const outcome = withOldKeys(attempted.outcome, control.target, acceptedBefore.get(control.target));
    if (outcome.status === "error" && times < MAX_TRIES) outcomes.delete(control.id);
    return outcome;
  };
  return {
    explained: (next, outcome) =>
      next.scenario.control === undefined
        ? withOldKeys(outcome, next.target, acceptedBefore.get(next.target))
        : outcome,
    of: (next) => {
      if (next.scenario.control === undefined) return undefined;
      const control = controlOf(next, byId);
      if (control === undefined) return Promise.resolve(untried(next));
      const known = outcomes.get(control.id) ?? tryOnce(control);
      outcomes.set(control.id, known);
      return known;
    },
    takesBrokenSignature: (next) => {
      const control = controlOf(next, byId);
      if (control === undefined) return Promise.resolve(false);
      const probe = signatureProbe(next, control.scenario);
      const known = broken.get(probe.id) ?? tryBroken(probe);
      broken.set(probe.id, known);
      return known;
    },
  };
}
