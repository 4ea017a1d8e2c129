import type { NamedPlace } from "./definition/handed-over.ts";
import { memberAt } from "./json-pointer.ts";
import type { Observation } from "./observation.ts";
import { whoseIs } from "./oracle/who.ts";

/** What an answer says of whose artifact it was. */
export interface NamedUser {
  readonly as: Observation["as"];
  /** In words, for the report. */
  readonly signal: string;
}

function nameIn(text: string, { json, regex }: NamedPlace): string | undefined {
  if (json === undefined) return new RegExp(regex ?? "", "mu").exec(text)?.[1];
  const found = memberAt(text, json);
  return typeof found === "string" ? found : undefined;
}

/**
 * Reads whom an answer names at the place where the target's file says that it does.
 *
 * @param user whose artifact it was
 */
export function readNamedUser(text: string, place: NamedPlace, user: string): NamedUser {
  const name = nameIn(text, place)?.trim() ?? "";
  if (name === "") return { as: "nobody", signal: "user: it names nobody" };
  const whose = whoseIs(name, user);
  if (whose === "marker") return { as: whose, signal: `user: it names ${name}, whose artifact it was` };
  if (whose === "forged") return { as: whose, signal: `user: it names ${name}, expected ${user}` };
  return { as: undefined, signal: `user: it names ${name}, which tells nothing: no address` };
}
