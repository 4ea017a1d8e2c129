import type { Case } from "../scenario/expand.ts";
import type { Scenario } from "../scenario/schema.ts";
import type { Attempted } from "./attempt.ts";
import type { Outcome } from "./events.ts";

/** Whether the control of a case came out right on the same transport against the same target. */
export interface Controls {
  /** Undefined: the case names no control. A control that cannot be tried proves nothing. */
  readonly of: (next: Case) => Promise<Outcome> | undefined;
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

/**
 * Makes the controls of a run. Each is tried once, by the first case that needs it, whether the run would run it or not;
 * where nothing could be told of it, as when the target was just falling over, a later case tries it again.
 *
 * @param scenarios every scenario that may be a control
 * @param attempt tries a case
 */
export function makeControls(
  scenarios: readonly Scenario[],
  attempt: (next: Case) => Promise<Attempted>,
): Controls {
  const byId = new Map(scenarios.map((scenario) => [scenario.id, scenario]));
  const outcomes = new Map<string, Promise<Outcome>>();
  const tries = new Map<string, number>();
  const tryOnce = async (control: Case): Promise<Outcome> => {
    const times = (tries.get(control.id) ?? 0) + 1;
    tries.set(control.id, times);
    const { outcome } = await attempt(control);
    if (outcome.status === "error" && times < MAX_TRIES) outcomes.delete(control.id);
    return outcome;
  };
  return {
    of: (next) => {
      if (next.scenario.control === undefined) return undefined;
      const control = controlOf(next, byId);
      if (control === undefined) return Promise.resolve(untried(next));
      const known = outcomes.get(control.id) ?? tryOnce(control);
      outcomes.set(control.id, known);
      return known;
    },
  };
}
