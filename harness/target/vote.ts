import type { Codes, JsonRule, Patterns } from "./definition/decide.ts";
import { memberAt } from "./json-pointer.ts";
import type { Decision } from "./observation.ts";
import type { Vote } from "./settle.ts";

const DECISIONS: readonly Decision[] = ["accept", "refuse", "challenge"];

/** What a number stands for. */
export function voteOfCode(what: string, code: number | null, codes: Codes): Vote {
  const decision = DECISIONS.find((one) => code !== null && codes[one]?.includes(code) === true);
  return { decision, signal: `${what} ${code ?? "none"}` };
}

/** What a text stands for; nothing when no pattern is in it. */
export function votesOfText(what: string, text: string, patterns: Patterns): readonly Vote[] {
  return DECISIONS.flatMap((decision) => {
    const pattern = patterns[decision];
    const found = pattern === undefined ? null : new RegExp(pattern, "mu").exec(text);
    return found === null
      ? []
      : [{ decision, signal: `${what} says ${JSON.stringify(shortened(found[0]))}` }];
  });
}

/** What a member of a JSON text stands for. */
export function voteOfJson(what: string, text: string, rule: JsonRule): Vote {
  const found = memberAt(text, rule.pointer);
  const decision = DECISIONS.find((one) => rule[one]?.some((value) => value === found) === true);
  const shown = found === undefined ? "is not there" : `is ${shortened(JSON.stringify(found))}`;
  return { decision, signal: `${what}: ${rule.pointer === "" ? "the whole" : rule.pointer} ${shown}` };
}

const LONGEST = 120;

/** A text that fits into one line of a report. */
export function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}
