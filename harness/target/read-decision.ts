import type { DrivenSignIn } from "../transport/exchange.ts";
import { parsePage } from "../transport/parse-page.ts";
import type { Observation } from "./observation.ts";

/** What a final page says about a sign-in. */
export type SeenDecision = Pick<Observation, "decision" | "signals" | "confidence" | "as">;

/**
 * Reads what a partner app decided from the page it ended on, as a person would: by who is signed in and what it
 * says about access. The HTTP status tells nothing.
 *
 * @param driven the finished sign-in
 * @param origin the partner app's own; a page from elsewhere is not its word
 * @param user whose sign-in it was; access for somebody else, or for nobody, is told by `as`
 * @param signedName the name that the IdP signed for that user, where it is another
 */
export function readDecision(
  driven: DrivenSignIn,
  origin: string,
  user: string,
  signedName: string = user,
): SeenDecision {
  const { page, looped, signIns } = driven;
  if (looped) return seen("challenge", `asked to sign in again and again: ${signIns} times`);
  const url = new URL(page.url);
  const place = `${url.pathname} (${page.status})`;
  if (url.origin !== origin) return seen(undefined, `the sign-in ended at ${url.origin}${place}`);
  const root = parsePage(page.html);
  const read = (id: string): string | undefined => root.getElementById(id)?.text.trim();
  const named = readNamed(page.html);
  const access = read("access");
  const signals = [
    named === undefined ? `${place} names nobody as signed in` : `${place} names ${named} as signed in`,
    access === undefined ? "access is not mentioned" : `access: ${access}`,
    ...[read("reason")].filter((reason) => reason !== undefined),
  ];
  const as = named === undefined ? "nobody" : named === user || named === signedName ? "marker" : "forged";
  return { decision: DECISIONS[access ?? ""], as, signals };
}

/** Who is signed in by a page of an app that says it outright. */
export function readNamed(html: string): string | undefined {
  const name = parsePage(html).getElementById("signed-in-as")?.text.trim();
  return name === "" ? undefined : name;
}

/** What the words of a partner app say; other words say nothing. */
const DECISIONS: Readonly<Record<string, Observation["decision"]>> = {
  granted: "accept",
  refused: "refuse",
  "sign-in refused": "refuse",
  "sign in again": "challenge",
};

function seen(decision: Observation["decision"], signal: string): SeenDecision {
  return { decision, signals: [signal] };
}
