import type { SeenDecision } from "../read-decision.ts";
import type { AppDefinition } from "../definition/app.ts";
import type { Before } from "./infer.ts";
import type { Known } from "./known.ts";
import { printOf } from "./page-print.ts";
import type { Sighting } from "./sighting.ts";
import { votesOfSigns } from "./signs.ts";
import { isAsForWeak, type Weak } from "./weak.ts";

/** A decision that was read, and what it was read from. */
export interface Reading {
  readonly decided: SeenDecision;
  readonly seen: Sighting;
  readonly known: Known;
  readonly app: AppDefinition;
  /** Whose sign-in it was. */
  readonly user: string;
  /** What was done before the last answer of the IdP. */
  readonly before: Before;
}

/** Whether it has to be known how a sign-in without MFA looks, because what was seen may be just that. */
export function needsWeak({ decided, seen, known, app }: Reading): boolean {
  const { decision, as } = decided;
  if (decision === undefined) return seen.isOwnPage && as !== "nobody" && !seen.looped;
  return decision === "accept" && (app.granted !== undefined || isOnlyIdentity(app, known));
}

/** Whether it has to be known how rejections look, because nobody was signed in by this answer and nothing else tells. */
export function needsRejections({ decided, seen, app, before }: Reading): boolean {
  const { decision, as } = decided;
  if (decision !== undefined || !seen.isOwnPage || seen.looped) return false;
  return (as === "nobody" || before !== "nothing") && votesOfSigns(seen.page.html, app).length === 0;
}

/** Takes for a rejection what is as after one, where this answer signed nobody in. */
export function rejectedSo(decided: SeenDecision): SeenDecision {
  const signal = "the page is as after answers that no app may accept";
  return { ...decided, decision: "refuse", confidence: "medium", signals: [...decided.signals, signal] };
}

/** Whether a place that says who is signed in is all that was named, and no page that demands MFA. */
function isOnlyIdentity({ granted, refused, signedIn }: AppDefinition, { isPlaceProtected }: Known): boolean {
  return granted === undefined && refused === undefined && signedIn.url !== undefined && !isPlaceProtected;
}

/**
 * Takes back certainty that was none, in view of a sign-in without MFA, and says what would settle it.
 *
 * @param weak undefined: the app failed when it was asked
 */
export function doubt(reading: Reading, weak: Weak | undefined): SeenDecision {
  const { decided, seen, known, app, user } = reading;
  const { decision, confidence, signals } = decided;
  if (decision === undefined) {
    const isWeak = weak !== undefined && isAsForWeak(printOf(seen.page, [user]), weak);
    return isWeak ? { ...decided, signals: [...signals, ambiguous(weak)] } : decided;
  }
  if (decision !== "accept") return decided;
  if (isOnlyIdentity(app, known) && weak?.isLikeGood !== false) {
    const most = confidence === "high" ? { confidence: "medium" as const } : {};
    return { ...decided, ...most, signals: [...signals, ONLY_IDENTITY] };
  }
  const isSuspicious =
    weak?.isCalledGranted === true && !weak.isLikeGood && isAsForWeak(printOf(seen.page, [user]), weak);
  return isSuspicious ? { ...decided, confidence: "low", signals: [...signals, suspicious(weak)] } : decided;
}

function ambiguous({ settledBy }: Weak): string {
  return `this is what a sign-in without MFA gets, and nothing says whether it is let in: write ${settledBy ?? "refused or granted, with what only one of both pages shows"}`;
}

/** What is to be told where only the place is known that says who is signed in. */
const ONLY_IDENTITY =
  "a sign-in without MFA looks the same; where MFA is demanded elsewhere that is not seen: let signedIn.url be an address that demands it, or write granted or refused";

/** What is to be told where the file calls access what somebody without MFA gets too. */
function suspicious({ settledBy }: Weak): string {
  return `granted is also on the page of a sign-in without MFA, which is otherwise not like that of a good one: if that page refuses, write ${settledBy ?? "what only good sign-ins show"}`;
}
