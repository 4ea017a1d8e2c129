import type { CaseEnd, RunEnd, RunEvent, RunStart } from "../run/events.ts";
import { STATUSES } from "./status.ts";

/** A file that is no event stream: which line, and what is wrong with it. */
export interface ReplayProblem {
  /** 1-based. */
  readonly line: number;
  readonly message: string;
}

/** One event stream, read back. */
export interface Recording {
  readonly start: RunStart;
  readonly ends: readonly CaseEnd[];
  /** Undefined: the run was killed before it could end. */
  readonly end: RunEnd | undefined;
}

const TYPES = ["run-start", "case-start", "case-end", "run-end"];

/** The event stream is our own format, of a version that its first line names; its members are not checked again. */
export function isEvent(value: unknown): value is RunEvent {
  return (
    typeof value === "object" &&
    value !== null &&
    "type" in value &&
    typeof value.type === "string" &&
    TYPES.includes(value.type)
  );
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}

function isList(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isItem);
}

const isText = (value: unknown): boolean => typeof value === "string";

/** Whether that is there without which no report can be made; a file may have been edited. */
function isWhole(event: unknown): boolean {
  const type = member(event, "type");
  if (type === "run-start") {
    const isCase = (one: unknown): boolean =>
      ["id", "scenario", "title", "channel", "transport", "target"].every((name) =>
        isText(member(one, name)),
      );
    const isOurs = member(event, "format") === 1;
    return !isOurs || (isList(member(event, "cases"), isCase) && isList(member(event, "rules"), () => true));
  }
  if (type !== "case-end") return true;
  const outcome = member(member(event, "result"), "outcome");
  const status = member(outcome, "status");
  return STATUSES.some((known) => known === status) && isList(member(outcome, "differences"), isText);
}

function parseLine(text: string): RunEvent | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isEvent(value) && isWhole(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a run was killed before its first line was written to the end, so that it has told nothing yet. */
export function isBarelyBegun(text: string): boolean {
  const beginning = '{"type":"run-start"';
  return !text.includes("\n") && (text.startsWith(beginning) || beginning.startsWith(text));
}

/** What no run tells: a case that it does not have, or the same one twice. */
function toldAmiss(
  events: readonly RunEvent[],
  cases: readonly { readonly id: string }[],
): ReplayProblem | undefined {
  const open = new Set(cases.map(({ id }) => id));
  const known = new Set(open);
  for (const [index, event] of events.entries()) {
    if (event.type !== "case-end" || open.delete(event.id)) continue;
    const what = known.has(event.id) ? "told twice" : "no case of this run";
    return { line: index + 1, message: `${event.id} is ${what}` };
  }
  return undefined;
}

/**
 * Reads what the reporter `jsonl` wrote. The last line of a run that was killed may be cut off, and is left out then.
 *
 * @param text the whole file
 */
export function readRecording(text: string): Recording | ReplayProblem {
  const lines = text.split("\n");
  const events: RunEvent[] = [];
  for (const [index, line] of lines.entries()) {
    const event = parseLine(line);
    if (event !== undefined) events.push(event);
    else if (index < lines.length - 1)
      return { line: index + 1, message: "expected an event of a run as JSON" };
  }
  const [start] = events;
  if (start?.type !== "run-start") return { line: 1, message: "expected the start of a run" };
  // Written by another version, the number is another one.
  const format: number = start.format;
  if (format !== 1) return { line: 1, message: `expected format 1, found ${String(format)}` };
  const again = events.slice(1).findIndex(({ type }) => type === "run-start");
  if (again >= 0) return { line: again + 2, message: "expected one run only, found the start of another" };
  const problem = toldAmiss(events, start.cases);
  if (problem !== undefined) return problem;
  return {
    start,
    ends: events.filter((event) => event.type === "case-end"),
    end: events.find((event) => event.type === "run-end"),
  };
}

/** Tells a recording again, as a run would have told it. */
export function replay({ start, ends, end }: Recording): readonly RunEvent[] {
  const told = ends.flatMap((ended): RunEvent[] => [{ type: "case-start", id: ended.id }, ended]);
  return [start, ...told, end ?? { type: "run-end", at: start.at, interrupted: true }];
}
