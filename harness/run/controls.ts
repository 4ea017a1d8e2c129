import type { Case } from "../scenario/expand.ts";
import type { Scenario } from "../scenario/schema.ts";
import type { Attempted } from "./attempt.ts";

/** Whether the control of a case came out right on the same transport against the same target. */
export interface Controls {
  /** Undefined: the case has no control that this target could be shown. */
  readonly of: (next: Case) => Promise<Attempted> | undefined;
}

/** The case of another case's control; undefined when it is its own or there is none. */
function controlOf(next: Case, byId: ReadonlyMap<string, Scenario>): Case | undefined {
  const scenario = byId.get(next.scenario.control ?? "");
  if (scenario === undefined || !scenario.transport.includes(next.transport)) return undefined;
  const { transport, target } = next;
  return { id: `${scenario.id}/${transport}/${target}`, scenario, transport, target };
}

/**
 * Makes the controls of a run. Each is tried once, by the first case that needs it, whether the run would run it or not.
 *
 * @param scenarios every scenario that may be a control
 * @param attempt tries a case
 */
export function makeControls(
  scenarios: readonly Scenario[],
  attempt: (next: Case) => Promise<Attempted>,
): Controls {
  const byId = new Map(scenarios.map((scenario) => [scenario.id, scenario]));
  const attempted = new Map<string, Promise<Attempted>>();
  return {
    of: (next) => {
      const control = controlOf(next, byId);
      if (control === undefined) return undefined;
      const known = attempted.get(control.id) ?? attempt(control);
      attempted.set(control.id, known);
      return known;
    },
  };
}
