import type { FinalPage } from "../../transport/exchange.ts";
import type { AppDefinition } from "../definition/app.ts";
import { type Familiar, familiarWith, recognise } from "./familiar.ts";
import { type PagePrint, printOf } from "./page-print.ts";
import type { Tried } from "./sign-in-once.ts";
import { votesOfSigns } from "./signs.ts";
import { identify } from "./whose.ts";
import { visibleText } from "./who.ts";
import type { Known } from "./known.ts";

/**
 * What an app shows to somebody whose sign-in says nothing of MFA. Whether that is access or a refusal nobody knows; but
 * it tells which signs tell.
 */
export interface Weak {
  /** Undefined: the app came to no end, or sent its visitor elsewhere. */
  readonly page: Familiar | undefined;
  /** Whether it looks as after a good sign-in, wherever the app is looked at. */
  readonly isLikeGood: boolean;
  /** Whether it shows what the app's file calls granted. */
  readonly isCalledGranted: boolean;
  /** A line of an app's file that would tell this page from those of good sign-ins; undefined: none is known. */
  readonly settledBy: string | undefined;
}

/** Good pages as they were, besides what is known of them. */
export interface Looks {
  readonly app: AppDefinition;
  readonly known: Known;
  readonly good: readonly FinalPage[];
}

/**
 * Takes down what was shown after a sign-in without MFA.
 *
 * @returns undefined when the app failed, which tells nothing
 */
export function weakFrom({ user, seen, signedNames }: Tried, { app, known, good }: Looks): Weak | undefined {
  const { page, looped, isOwnPage, identityPage } = seen;
  if (page.status >= 500 || page.status === 429) return undefined;
  if (looped || !isOwnPage) return NOWHERE;
  const { whose, names } = identify(seen, known, user, { reference: seen.named, signedNames });
  const print = printOf(page, names);
  const there = identityPage === undefined ? undefined : printOf(identityPage, names);
  const isIn = whose === "marker" || known.naming === "same-for-all";
  const isLikeGood = isIn && isLike(print, known.good) && isLike(there, known.identity);
  return {
    page: familiarWith([print]),
    isLikeGood,
    isCalledGranted: votesOfSigns(page.html, { granted: app.granted }).length > 0,
    settledBy: settledBy(page, good, user),
  };
}

const NOWHERE: Weak = { page: undefined, isLikeGood: false, isCalledGranted: false, settledBy: undefined };

function isLike(print: PagePrint | undefined, familiar: Familiar | undefined): boolean {
  if (familiar === undefined) return true;
  return print !== undefined && recognise(print, familiar) !== "other";
}

/** Whether a page is as the one that somebody without MFA got. */
export function isAsForWeak(print: PagePrint, { page }: Weak): boolean {
  return page !== undefined && recognise(print, page) === "same";
}

function settledBy(weak: FinalPage, good: readonly FinalPage[], user: string): string | undefined {
  const [own, ...others] = [weak, ...good].map(linesOf);
  const isTelling = (line: string): boolean => !line.includes(user) && !/\d/.test(line);
  const added = own?.find((line) => isTelling(line) && others.every((lines) => !lines.includes(line)));
  if (added !== undefined) return `refused: { text: ${JSON.stringify(added)} }`;
  const [first = [], ...rest] = others;
  const lacking = first.find(
    (line) => isTelling(line) && own?.includes(line) === false && rest.every((lines) => lines.includes(line)),
  );
  return lacking === undefined ? undefined : `granted: { text: ${JSON.stringify(lacking)} }`;
}

/** Lines as a person reads them; what has a mark in it that a line of text has not, nobody could write down. */
function linesOf({ html }: FinalPage): readonly string[] {
  return visibleText(html)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line.length >= SHORTEST && line.length <= LONGEST);
}

const SHORTEST = 4;
const LONGEST = 80;
