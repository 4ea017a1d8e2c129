import type { Confidence, Decision } from "../observation.ts";
import type { SeenDecision } from "../read-decision.ts";
import { CONTRADICTION, settle } from "../settle.ts";
import { type Before, infer, type Inferred } from "./infer.ts";
import type { Known } from "./known.ts";
import type { Sighting } from "./sighting.ts";
import { type Signs, votesOfSigns } from "./signs.ts";
import type { Whose } from "./who.ts";
import { identify } from "./whose.ts";

/** Whose sign-in it was, and what is known of it besides. */
export interface Circumstances {
  readonly user: string;
  /** What the app's file says to look for. */
  readonly signs: Signs;
  /** What was done before the last answer of the IdP. */
  readonly before: Before;
  /** How the app names that user after a good sign-in, where it has names of its own. */
  readonly reference?: string | undefined;
  /** Names that the IdP signed, other than was typed. */
  readonly signedNames?: readonly string[];
}

/**
 * Reads what an app decided from everything that was seen of it; the HTTP status alone tells nothing.
 *
 * @param seen after the sign-in
 * @param known how the app looks to those it lets in, and to somebody who gave up
 */
export function readSighting(seen: Sighting, known: Known, circumstances: Circumstances): SeenDecision {
  const { user, signs, before } = circumstances;
  const identified = identify(seen, known, user, circumstances);
  const { whose } = identified;
  const inferred = infer(seen, known, identified, before);
  if (seen.looped) return readLoop(seen, inferred);
  const told = settle(seen.isOwnPage ? votesOfSigns(seen.page.html, signs) : []);
  const isTold = told.signals.length > 0;
  const decision = isTold ? agreed(told.decision, inferred, before) : inferred.decision;
  const against = told.decision !== undefined && decision === undefined ? [CONTRADICTION] : [];
  const signals = [whoSignal(seen, whose), ...told.signals, ...inferred.signals, ...against];
  const as = shownAs(whose, decision, known, seen.named);
  // The words of access are the file's own; an app that shows them to nobody lets somebody in all the same.
  const isShown = told.decision === "accept" && !seen.asksSignIn && !inferred.isNobodyThere;
  const isNobodys = decision === "accept" && whose === "nobody" && !isShown;
  if (decision === undefined || isNobodys) return { decision: undefined, ...as, signals };
  const confidence = isTold ? toldConfidence(decision, inferred) : inferred.confidence;
  return { decision, ...as, signals, confidence };
}

/**
 * A sign is the word of the app's file, whatever else seems to be so; but it cannot shut a page that is open, and where
 * the file says that names stand, one has to stand. After the same answer once more, who was in before sees the words too.
 */
function agreed(
  told: Decision | undefined,
  { decision, isOpen, isNobodyThere }: Inferred,
  before: Before,
): Decision | undefined {
  const mayBeOld = isNobodyThere || before === "same-answer";
  if (told === "accept") return decision === "refuse" && mayBeOld ? undefined : told;
  return isOpen && decision === "accept" && before === "nothing" ? undefined : told;
}

function toldConfidence(told: Decision, { decision, confidence }: Inferred): Confidence {
  if (told === "accept") return decision === "accept" ? confidence : decision === "refuse" ? "low" : "medium";
  return decision === "accept" ? "medium" : "high";
}

/** Endless redirects let nobody in, unless the protected page opens all the same. */
function readLoop({ signIns, identityPage }: Sighting, { isOpen }: Inferred): SeenDecision {
  const times =
    signIns > 1 ? `asked to sign in again and again, ${signIns} times` : "redirected again and again";
  const signal = `challenge-loop: ${times}`;
  if (!isOpen)
    return { decision: "challenge", confidence: signIns > 1 ? "high" : "medium", signals: [signal] };
  const open = `but ${identityPage === undefined ? "it" : new URL(identityPage.url).pathname} opens`;
  return { decision: undefined, signals: [signal, open, CONTRADICTION] };
}

/** Names of an app's own that are shorter may be those of several people: initials are. */
const TELLING_LENGTH = 6;

/** A name on a page of which nothing else is known proves no session, and a short name not whose. */
function shownAs(
  whose: Whose,
  decision: Decision | undefined,
  { place, naming }: Known,
  named: string | undefined,
): Pick<SeenDecision, "as"> {
  if (whose === "nobody") return { as: whose };
  const isTelling = naming !== "own-name" || (named?.length ?? 0) >= TELLING_LENGTH;
  if (whose === "somebody" || !isTelling || (place === undefined && decision !== "accept")) return {};
  return { as: whose };
}

const WHOSE: Readonly<Record<Whose, string>> = {
  marker: "who signed in",
  forged: "who did not sign in",
  nobody: "nobody",
  somebody: "and nothing tells whose name it is",
};

function whoSignal({ named, identityPage, asksSignIn }: Sighting, whose: Whose): string {
  if (asksSignIn) return "user: nobody, the app wants a sign-in";
  if (identityPage === undefined) return "user: unknown, the page that names the user was not reached";
  const place = new URL(identityPage.url).pathname;
  return named === undefined
    ? `user: ${place} names nobody`
    : `user: ${place} names ${named}, ${WHOSE[whose]}`;
}
