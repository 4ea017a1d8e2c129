import type { RunEvent } from "../run/events.ts";
import { printable, printableLines } from "./printable.ts";
import type { CreateReporter } from "./reporter.ts";
import { isEvent } from "./replay.ts";

/** The one text that has lines: that of the page on which a case ended. */
const WITH_LINES = "text";

/** A value with all its texts safe to print, the names of its members too; itself where they are already. */
function safe(value: unknown, name = ""): unknown {
  if (typeof value === "string") return name === WITH_LINES ? printableLines(value) : printable(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    const copy = items.map((item) => safe(item));
    return copy.every((item, index) => item === items[index]) ? items : copy;
  }
  const members = Object.entries(value).map(([key, old]: readonly [string, unknown]) => {
    const member = [printable(key), safe(old, key)] as const;
    return { member, isSame: member[0] === key && member[1] === old };
  });
  return members.every(({ isSame }) => isSame)
    ? value
    : Object.fromEntries(members.map(({ member }) => member));
}

/** Several reporters get the same event. */
const known = new WeakMap<RunEvent, RunEvent>();

function printableEvent(event: RunEvent): RunEvent {
  const before = known.get(event);
  if (before !== undefined) return before;
  const copy = safe(event);
  if (!isEvent(copy)) throw new TypeError(`no event is called ${event.type}`);
  known.set(event, copy);
  return copy;
}

/**
 * Lets a reporter see no text of others but what is safe to print: names, titles, findings, pages and what programs wrote
 * are data, and neither a terminal nor a CI runner may obey them.
 */
export function withPrintableText(create: CreateReporter): CreateReporter {
  return (output) => {
    const reporter = create(output);
    return (event) => reporter(printableEvent(event));
  };
}
