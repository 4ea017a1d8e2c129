import type { Scenario } from "./schema.ts";

/** What is wrong with the control of a scenario, and which member of the file says so. */
export interface ControlProblem {
  readonly path: readonly string[];
  readonly message: string;
}

/** Where controls are found. */
export interface ControlSource {
  readonly get: (id: string) => Scenario | undefined;
  /** Every id that can be named, for a suggestion. */
  readonly ids: () => Iterable<string>;
}

/** Whether a scenario is one that a correct target accepts; what is only judged is accepted by its verdict. */
function isAccepted({ expect: { decision, verdict, orRefuse } }: Scenario): boolean {
  if (orRefuse === true) return false;
  return decision === undefined ? verdict === "compliant" || verdict === "exempt" : decision === "accept";
}

/** What of a control keeps it from showing that the target accepts the good sign-in; nothing: it does. */
function unfit(scenario: Scenario, control: Scenario): string | undefined {
  const { expect, emission, transport } = scenario;
  const other = `"${control.id}"`;
  if (control.id === scenario.id) return "a scenario cannot be its own control";
  if (!isAccepted(control)) {
    const { decision = control.expect.verdict, orRefuse } = control.expect;
    const expected = orRefuse === true ? "accept or refuse" : decision;
    return `expected a scenario that must be accepted, and ${other} expects ${expected}`;
  }
  if (expect.decision !== undefined && control.expect.decision === undefined) {
    return `expected a scenario that a target decides, and ${other} has no expect.decision`;
  }
  if (control.control !== undefined) {
    return `expected a scenario without a control of its own, and ${other} names "${control.control}"`;
  }
  if (control.emission.channel !== emission.channel) {
    return `expected a scenario of the channel ${emission.channel}, and ${other} is of ${control.emission.channel}`;
  }
  const uncovered = transport.filter((name) => !control.transport.includes(name));
  if (uncovered.length === 0) return undefined;
  return `expected a scenario on each transport of this one, and ${other} is not on ${uncovered.join(", ")}`;
}

/** The best guess at what was meant: the known id that takes the fewest changes, where few do. */
function closest(id: string, known: Iterable<string>): string | undefined {
  const near = [...known]
    .map((one) => ({ one, changes: changesBetween(id, one) }))
    .toSorted((a, b) => a.changes - b.changes)[0];
  return near !== undefined && near.changes <= Math.max(2, id.length / 4) ? near.one : undefined;
}

/** How many letters have to be added, taken away or replaced (Levenshtein). */
function changesBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, place) => place);
  for (let line = 0; line < one.length; line += 1) {
    const next = [line + 1];
    for (let place = 0; place < other.length; place += 1) {
      const replaced = (row[place] ?? 0) + (other[place] === one[line] ? 0 : 1);
      next.push(Math.min(replaced, (row[place + 1] ?? 0) + 1, (next[place] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

function unknownControl(id: string, source: ControlSource): string {
  const ids = [...source.ids()];
  const combination = ids.find((known) => known.startsWith(`${id}[`));
  if (combination !== undefined) {
    return `expected one scenario, and "${id}" has a matrix; name one of its scenarios, such as "${combination}"`;
  }
  const meant = closest(id, ids);
  const hint = meant === undefined ? "run --list shows their ids" : `did you mean "${meant}"?`;
  return `there is no such scenario among those given and those that come with mfa-harness; ${hint}`;
}

/** Without a sign-in that is accepted beside it, a rejection may come from anything. */
const WANTED =
  "expected a control beside it: name in `control` a scenario of this channel that must be accepted";

/**
 * Finds what is wrong with the control of a scenario: a rejection counts only where the target accepts the control.
 *
 * @returns undefined: nothing is
 */
export function controlProblem(scenario: Scenario, source: ControlSource): ControlProblem | undefined {
  const { control: id, expect } = scenario;
  if (id === undefined) {
    const rejects = expect.decision === "refuse" || expect.decision === "challenge";
    return rejects ? { path: ["expect", "decision"], message: WANTED } : undefined;
  }
  const control = id === scenario.id ? scenario : source.get(id);
  const message = control === undefined ? unknownControl(id, source) : unfit(scenario, control);
  return message === undefined ? undefined : { path: ["control"], message };
}
