import { parse } from "node-html-parser";
import type { DrivenSignIn } from "../transport/exchange.ts";
import type { Observation } from "./observation.ts";

/** What a final page says about a sign-in. */
export type SeenDecision = Pick<Observation, "decision" | "signals" | "confidence" | "as">;

/**
 * Reads what a partner app decided from the page it ended on, as a person would: by who is signed in and what it
 * says about access. The HTTP status tells nothing.
 *
 * @param driven the finished sign-in
 * @param origin the partner app's own; a page from elsewhere is not its word
 * @param user whose sign-in it was; access for somebody else is told by `as`, access for nobody is none
 */
export function readDecision(driven: DrivenSignIn, origin: string, user: string): SeenDecision {
  const { page, looped, signIns } = driven;
  if (looped) return seen("challenge", `asked to sign in again and again: ${signIns} times`);
  const url = new URL(page.url);
  const place = `${url.pathname} (${page.status})`;
  if (url.origin !== origin) return seen(undefined, `the sign-in ended at ${url.origin}${place}`);
  const root = parse(page.html, { parseNoneClosedTags: true });
  const read = (id: string): string | undefined => root.getElementById(id)?.text.trim();
  const named = readNamed(page.html);
  const access = read("access");
  const signals = [
    named === undefined ? `${place} names nobody as signed in` : `${place} names ${named} as signed in`,
    access === undefined ? "access is not mentioned" : `access: ${access}`,
    ...[read("reason")].filter((reason) => reason !== undefined),
  ];
  const as = named === undefined ? "nobody" : named === user ? "marker" : "forged";
  return { decision: decide(access, as !== "nobody"), as, signals };
}

/** Who is signed in by a page of an app that says it outright. */
export function readNamed(html: string): string | undefined {
  return parse(html, { parseNoneClosedTags: true }).getElementById("signed-in-as")?.text.trim();
}

function decide(access: string | undefined, namesSomebody: boolean): Observation["decision"] {
  switch (access) {
    case "granted":
      return namesSomebody ? "accept" : undefined;
    case "refused":
    case "sign-in refused":
      return "refuse";
    case "sign in again":
      return "challenge";
    default:
      return undefined;
  }
}

function seen(decision: Observation["decision"], signal: string): SeenDecision {
  return { decision, signals: [signal] };
}
