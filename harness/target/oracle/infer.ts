import type { Confidence, Decision } from "../observation.ts";
import type { Known } from "./learn.ts";
import { isAnother, likeness, printOf } from "./page-print.ts";
import type { Sighting } from "./sighting.ts";
import type { Whose } from "./who.ts";

/** What is inferred, and how sure it is. */
export interface Inferred {
  readonly decision: Decision | undefined;
  readonly confidence: Confidence;
  readonly signals: readonly string[];
}

/** As much of two refusals of one app is the same, when nothing but the reason differs. */
const ALIKE = 0.8;

interface Facts {
  readonly as: Whose;
  readonly likeGood: boolean;
  readonly likeCancelled: boolean;
  readonly isError: boolean;
  /** Whether the app wants a sign-in where it says who is signed in. */
  readonly wantsSignIn: boolean;
  /** Whether a cookie is there that only those have who were let in; undefined: none tells. */
  readonly hasSession: boolean | undefined;
  readonly isOwnPage: boolean;
}

/** Infers a decision from how the app looks to those it lets in and to those who give up. */
export function infer(seen: Sighting, known: Known, as: Whose, user: string): Inferred {
  const print = printOf(seen.page, user);
  const likeGood = seen.isOwnPage && isAnother(print, known.good);
  const cancelled = likeness(print, known.cancelled);
  const cookies = known.sessionCookies;
  const facts: Facts = {
    as,
    likeGood,
    likeCancelled: !likeGood && seen.isOwnPage && cancelled >= ALIKE,
    isError: print.status >= 400,
    wantsSignIn: seen.identityPage === undefined,
    hasSession:
      seen.cookies === undefined || cookies.length === 0
        ? undefined
        : cookies.every((name) => seen.cookies?.includes(name)),
    isOwnPage: seen.isOwnPage,
  };
  const decision = as === "nobody" ? withoutAnybody(facts) : withSomebody(facts);
  const agreeing = support(decision, facts, print.path === known.good[0].path);
  return { decision, confidence: confidenceOf(agreeing), signals: signalsOf(seen, facts, known, cancelled) };
}

function withSomebody({ likeGood, likeCancelled, isError }: Facts): Decision | undefined {
  if (likeGood) return "accept";
  return likeCancelled || isError ? "refuse" : undefined;
}

function withoutAnybody(facts: Facts): Decision | undefined {
  const { likeGood, likeCancelled, isError, wantsSignIn, hasSession, isOwnPage } = facts;
  if (wantsSignIn && isOwnPage) return "refuse";
  if (likeGood || !isOwnPage) return undefined;
  return likeCancelled || isError || hasSession === false ? "refuse" : undefined;
}

/** What else speaks for the decision (true) or against it (false). */
function support(decision: Decision | undefined, facts: Facts, isGoodPath: boolean): readonly boolean[] {
  const { as, hasSession, likeCancelled, isError, wantsSignIn } = facts;
  if (decision === "accept") return [isGoodPath, !isError, ...(hasSession === undefined ? [] : [hasSession])];
  const session = hasSession === undefined || as !== "nobody" ? [] : [!hasSession];
  return [...session, ...[likeCancelled, isError, wantsSignIn].filter(Boolean)];
}

function confidenceOf(agreeing: readonly boolean[]): Confidence {
  const against = agreeing.filter((one) => !one).length;
  if (against === 0) return agreeing.length >= 2 ? "high" : "medium";
  return against < agreeing.length - against ? "medium" : "low";
}

function signalsOf(
  { page, redeemed, identityPage }: Sighting,
  { likeGood, hasSession, isOwnPage }: Facts,
  known: Known,
  cancelled: number,
): readonly string[] {
  const { pathname, origin } = new URL(page.url);
  const place = isOwnPage ? pathname : `${origin}${pathname}`;
  const good = likeGood ? "as after a good sign-in" : "not as after a good sign-in";
  return [
    `page: ${place} (${page.status}), ${good}, ${Math.round(cancelled * 100)} % as after a cancelled one`,
    ...(hasSession === undefined ? [] : [`session cookie: ${hasSession ? "set" : "not set"}`]),
    ...(known.redeems ? [`back channel: the code was ${redeemed ? "" : "not "}redeemed`] : []),
    ...(identityPage === undefined ? ["protected page: asks for a sign-in"] : []),
  ];
}
