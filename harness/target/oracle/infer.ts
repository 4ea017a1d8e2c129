import type { Confidence, Decision } from "../observation.ts";
import { type Familiar, type Recognised, recognise } from "./familiar.ts";
import type { Known } from "./known.ts";
import { likeness, namesUser, type PagePrint, printOf } from "./page-print.ts";
import type { Sighting } from "./sighting.ts";
import type { Whose } from "./who.ts";
import type { Identified } from "./whose.ts";

/** What is inferred, and how sure it is. */
export interface Inferred {
  readonly decision: Decision | undefined;
  readonly confidence: Confidence;
  readonly signals: readonly string[];
  /** Whether the protected page itself opens to whoever signed in. */
  readonly isOpen: boolean;
  /** Whether it is as for nobody where the app says who is signed in. */
  readonly isNobodyThere: boolean;
}

/** As much of two refusals of one app is the same, when nothing but the reason differs. */
export const ALIKE = 0.8;

/** Answers by which a server says that it has no time, or that somebody asked too often. */
const BUSY: readonly number[] = [408, 423, 425, 429, 502, 503, 504];

/** Whether a page says that its server has no time: that decides nothing. */
export function isAsBusy({ status }: PagePrint): boolean {
  return BUSY.includes(status);
}

/** What was done before the last answer of the IdP. */
export type Before = "nothing" | "other-visits" | "same-answer";

interface Facts {
  readonly whose: Whose;
  readonly isNamedSame: boolean;
  readonly page: Recognised;
  /** Undefined: the page on which it ended is the one that says who is signed in. */
  readonly identity: Recognised | undefined;
  readonly isGoodPath: boolean;
  readonly isOwnPage: boolean;
  readonly isBusy: boolean;
  /** Whether the app refuses by its status, and not for a failure of its own. */
  readonly isDenied: boolean;
  readonly likeCancelled: boolean;
  /** Whether a cancelled sign-in ends on a page like that of a good one. */
  readonly isCancelledGood: boolean;
  /** Whether it is as for nobody where the app says who is signed in. */
  readonly isNobodyThere: boolean;
  /** Whether it is shut there, and the page itself is one that names nobody. */
  readonly isShutThere: boolean;
  /** Whether a cookie is there that only those have who were let in; undefined: none tells. */
  readonly hasSession: boolean | undefined;
  readonly isRedeemedAgain: boolean | undefined;
  readonly before: Before;
}

/** Infers a decision from how the app looks to those it lets in and to those who give up. */
export function infer(seen: Sighting, known: Known, identified: Identified, before: Before): Inferred {
  const print = printOf(seen.page, identified.names);
  const facts = factsOf(seen, print, { known, identified, before });
  const isOpen = isOpenTo(seen, known, identified, facts);
  const decision = decide(facts, isOpen);
  const confidence = confidenceOf(decision, facts, known);
  const cancelled = likeness(print, known.cancelled);
  const { isNobodyThere } = facts;
  return { decision, confidence, isOpen, isNobodyThere, signals: signalsOf(seen, facts, known, cancelled) };
}

/** Whether the protected page itself is as for those who were let in. */
function isOpenTo(
  { protectedPage }: Sighting,
  { isPlaceProtected, opened }: Known,
  { whose, names }: Identified,
  { identity }: Facts,
): boolean {
  if (whose === "nobody") return false;
  if (isPlaceProtected) return isSame(identity);
  return (
    protectedPage !== undefined &&
    opened !== undefined &&
    isSame(recognise(printOf(protectedPage, names), opened))
  );
}

/**
 * Whether the protected page must be looked at, because somebody is signed in although the sign-in did not end well.
 */
export function needsProtectedPage(seen: Sighting, known: Known, identified: Identified): boolean {
  if (known.opened === undefined || identified.whose === "nobody") return false;
  return !seen.isOwnPage || !isSame(recognise(printOf(seen.page, identified.names), known.good));
}

interface Situation {
  readonly known: Known;
  readonly identified: Identified;
  readonly before: Before;
}

function factsOf(seen: Sighting, print: PagePrint, { known, identified, before }: Situation): Facts {
  const { identityPage, named, cookies, isOwnPage } = seen;
  const { whose, names } = identified;
  const there = identityPage === undefined ? undefined : printOf(identityPage, names);
  const recognised = isOwnPage ? recognise(print, known.good) : "other";
  return {
    whose,
    isNamedSame: known.naming === "same-for-all" && named === known.people[0]?.name,
    page: recognised,
    identity: recogniseThere(there, known.identity),
    isGoodPath: known.good.prints.some(({ path }) => path === print.path),
    isOwnPage,
    isBusy: [print, there].some((one) => one !== undefined && isAsBusy(one)),
    isDenied: print.status >= 400 && print.status < 500 && print.status !== 404,
    likeCancelled: isOwnPage && recognised === "other" && isLikeCancelled(print, known),
    isCancelledGood: isSame(recognise(known.cancelled, known.good)),
    isNobodyThere: whose === "nobody" && isAsForNobody(seen, there, known),
    isShutThere: there !== undefined && isShut(there) && !known.isPlaceProtected && !namesUser(print),
    hasSession: hasSession(cookies, known.sessionCookies),
    isRedeemedAgain: known.redeems && before === "same-answer" ? seen.redemptions > 1 : undefined,
    before,
  };
}

function recogniseThere(
  there: PagePrint | undefined,
  identity: Familiar | undefined,
): Recognised | undefined {
  if (identity === undefined) return undefined;
  return there === undefined ? "other" : recognise(there, identity);
}

function hasSession(cookies: Sighting["cookies"], sessionCookies: readonly string[]): boolean | undefined {
  if (cookies === undefined || sessionCookies.length === 0) return undefined;
  return sessionCookies.every((name) => cookies.includes(name));
}

function isSame(recognised: Recognised | undefined): boolean {
  return recognised === "same" || recognised === "same-but-wild";
}

function isLikeCancelled(print: PagePrint, { cancelled, good }: Known): boolean {
  return !namesUser(print) && isLikelier(print, cancelled, good.prints);
}

function isLikelier(print: PagePrint, one: PagePrint, others: readonly PagePrint[]): boolean {
  const like = likeness(print, one);
  return like >= ALIKE && others.every((other) => likeness(print, other) < like);
}

function isAsForNobody(seen: Sighting, there: PagePrint | undefined, known: Known): boolean {
  if (seen.asksSignIn) return known.place !== undefined;
  const { nobodys, identity } = known;
  if (there === undefined || identity === undefined) return false;
  if (isShut(there)) return true;
  return nobodys !== undefined && isLikelier(there, nobodys, identity.prints);
}

function isShut({ status }: PagePrint): boolean {
  return status === 401 || status === 403;
}

function decide(facts: Facts, isOpen: boolean): Decision | undefined {
  if (!facts.isOwnPage && !isOpen) return undefined;
  if (facts.whose === "nobody") return withoutAnybody(facts);
  if (facts.whose === "somebody" && !facts.isNamedSame) return undefined;
  return withSomebody(facts, isOpen);
}

function withSomebody(facts: Facts, isOpen: boolean): Decision | undefined {
  const { page, identity, isDenied, likeCancelled, before, isBusy, isRedeemedAgain } = facts;
  const isGood = isSame(page) && (identity === undefined || isSame(identity));
  // Whoever is signed in already sees the good page even where the same answer was refused the second time.
  if (isGood && before === "same-answer") return isRedeemedAgain === false ? "refuse" : undefined;
  if (isGood || (isOpen && before === "nothing")) return "accept";
  if (isBusy) return undefined;
  // The page of somebody who gave up beside a session that is as any other: one of both is not true.
  if (likeCancelled && isSame(identity) && before === "nothing") return undefined;
  return isDenied || likeCancelled ? "refuse" : undefined;
}

function withoutAnybody(facts: Facts): Decision | undefined {
  const { page, identity, isNobodyThere, isCancelledGood, isShutThere } = facts;
  const { isDenied, likeCancelled, isBusy } = facts;
  // A page that is the same for everybody tells nothing against the place that is shut.
  if (isBusy || (isSame(page) && !isCancelledGood && !isShutThere)) return undefined;
  if (isNobodyThere) return "refuse";
  return identity === undefined && (isDenied || likeCancelled) ? "refuse" : undefined;
}

function confidenceOf(decision: Decision | undefined, facts: Facts, { naming }: Known): Confidence {
  const { page, identity, isGoodPath, isDenied, hasSession, isNobodyThere, likeCancelled, before } = facts;
  if (decision === "accept") {
    if (naming === "same-for-all" || facts.whose === "somebody") return "low";
    const isClear = page === "same" && (identity === undefined || identity === "same");
    const doubts = [!isClear, !isGoodPath, isDenied, hasSession === false, naming === "own-name"];
    const count = doubts.filter(Boolean).length;
    return count === 0 ? "high" : count === 1 ? "medium" : "low";
  }
  if (facts.whose !== "nobody" || before !== "nothing") return "medium";
  const supports = [isNobodyThere, likeCancelled, isDenied, hasSession === false].filter(Boolean).length;
  if (hasSession === true) return supports > 1 ? "medium" : "low";
  return supports > 1 ? "high" : "medium";
}

function signalsOf(seen: Sighting, facts: Facts, known: Known, cancelled: number): readonly string[] {
  const { page, redemptions, asksSignIn, isOwnPage } = seen;
  const { hasSession, isBusy, identity, before } = facts;
  const { pathname, origin } = new URL(page.url);
  const place = isOwnPage ? pathname : `${origin}${pathname}`;
  const good = isSame(facts.page) ? "as after a good sign-in" : "not as after a good sign-in";
  return [
    `page: ${place} (${page.status}), ${good}, ${Math.round(cancelled * 100)} % as after a cancelled one`,
    ...(hasSession === undefined ? [] : [`session cookie: ${hasSession ? "set" : "not set"}`]),
    ...(known.redeems ? [`back channel: the code was ${redemptions > 0 ? "" : "not "}redeemed`] : []),
    ...(asksSignIn ? ["protected page: asks for a sign-in"] : []),
    ...(identity === "other" && facts.whose !== "nobody"
      ? ["the page that names the user is not as after a good sign-in"]
      : []),
    ...(isBusy ? ["the app says that it is busy, or was asked too often: that decides nothing"] : []),
    ...(before === "same-answer" ? ["the user was signed in before, by the same answer"] : []),
  ];
}
