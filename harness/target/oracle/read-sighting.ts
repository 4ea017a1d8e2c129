import { parse } from "node-html-parser";
import type { AppDefinition, PageSign } from "../definition/app.ts";
import type { Decision } from "../observation.ts";
import type { SeenDecision } from "../read-decision.ts";
import { settle, type Vote } from "../settle.ts";
import { infer } from "./infer.ts";
import type { Known } from "./learn.ts";
import type { Sighting } from "./sighting.ts";
import { visibleText, type Whose, whoseIs } from "./who.ts";

/** The signs that an app's file names. */
type Signs = Pick<AppDefinition, "granted" | "refused" | "challenge">;

/**
 * Reads what an app decided from everything that was seen of it; the HTTP status alone tells nothing.
 *
 * @param seen after the sign-in
 * @param known how the app looks to those it lets in, and to somebody who gave up
 * @param user whose sign-in it was
 * @param signs what the app's file says to look for
 */
export function readSighting(seen: Sighting, known: Known, user: string, signs: Signs): SeenDecision {
  if (seen.looped) {
    const signal = `challenge-loop: asked to sign in again and again, ${seen.signIns} times`;
    return { decision: "challenge", confidence: "high", signals: [signal] };
  }
  const as = whoseIs(seen.named, user);
  const told = settle(votesOf(seen, signs));
  const inferred = infer(seen, known, as, user);
  const signals = [whoSignal(seen, as), ...told.signals, ...inferred.signals];
  const isTold = told.signals.length > 0;
  const decision = isTold ? told.decision : inferred.decision;
  if (decision === undefined || grantedToNobody(decision, as)) return { decision: undefined, as, signals };
  if (!isTold) return { decision, as, signals, confidence: inferred.confidence };
  const contradicted = inferred.decision !== undefined && inferred.decision !== decision;
  return { decision, as, signals, confidence: contradicted ? "medium" : "high" };
}

/** A page that greets everybody alike grants nothing to anybody. */
function grantedToNobody(decision: Decision, as: Whose): boolean {
  return decision === "accept" && as === "nobody";
}

const WHOSE: Readonly<Record<Whose, string>> = {
  marker: "who signed in",
  forged: "who did not sign in",
  nobody: "nobody",
};

function whoSignal({ named, identityPage }: Sighting, as: Whose): string {
  if (identityPage === undefined) return "user: nobody, the app wants a sign-in";
  const place = new URL(identityPage.url).pathname;
  return named === undefined ? `user: ${place} names nobody` : `user: ${place} names ${named}, ${WHOSE[as]}`;
}

function votesOf({ page, isOwnPage }: Sighting, { granted, refused, challenge }: Signs): readonly Vote[] {
  if (!isOwnPage) return [];
  const looked: readonly (readonly [Decision, PageSign | undefined])[] = [
    ["accept", granted],
    ["refuse", refused],
    ["challenge", challenge],
  ];
  return looked.flatMap(([decision, sign]) =>
    sign !== undefined && shows(page.html, sign)
      ? [{ decision, signal: `sign: ${describe(sign)} is there` }]
      : [],
  );
}

function shows(html: string, { selector, text, regex }: PageSign): boolean {
  if (selector !== undefined)
    return parse(html, { parseNoneClosedTags: true }).querySelector(selector) !== null;
  const visible = visibleText(html);
  return text === undefined ? new RegExp(regex ?? "", "mu").test(visible) : visible.includes(text);
}

function describe({ selector, text, regex }: PageSign): string {
  return selector ?? JSON.stringify(text ?? regex);
}
