import type { FinalPage } from "../../transport/exchange.ts";
import { type Familiar, familiarWith } from "./familiar.ts";
import type { Known } from "./known.ts";
import { printOf } from "./page-print.ts";
import { type Lesson, signInOnce, type Tried, unreadable } from "./sign-in-once.ts";
import { type Sighting, onlyLastPage } from "./sighting.ts";
import { checkSigns } from "./signs.ts";
import { addressesIn, type Named, type Naming, namingOf } from "./who.ts";

/** What was learned of an app, and the pages of good sign-ins as they were. */
export interface Learned {
  readonly known: Known;
  readonly good: readonly FinalPage[];
}

/**
 * Signs three people in, and lets a fourth give up at the IdP.
 *
 * @throws HarnessError `ERR_TARGET_UNREACHABLE` when the app does not say that those three are signed in: then nothing it
 *   shows can be told apart
 */
export async function learn(lesson: Lesson): Promise<Learned> {
  const { app, name } = lesson;
  const place = app.signedIn.url ?? app.start;
  const markerOf = (who: string): string => `${who}.of.${name}@partner.example`;
  const first = await signInOnce(lesson, markerOf("first"), "sign-in", place);
  checkSignIn(lesson, first);
  const [second, third, cancelled] = await Promise.all([
    signInOnce(lesson, markerOf("second"), "sign-in", place),
    signInOnce(lesson, markerOf("third"), "sign-in", place),
    signInOnce(lesson, markerOf("cancelled"), "cancel", place),
  ]);
  for (const one of [second, third]) checkSignIn(lesson, one);
  const shown = [first, second, third];
  return { known: knownFrom(lesson, shown, cancelled), good: shown.map(({ seen }) => seen.page) };
}

function checkSignIn({ name, app }: Lesson, { seen }: Tried): void {
  if (seen.looped)
    throw unreadable(
      name,
      "a good sign-in was not over when it was followed no further: the app asked or redirected again and again",
    );
  if (seen.signIns === 0) throw unreadable(name, `${app.start} asks nobody to sign in at the mock IdP`);
}

function knownFrom(lesson: Lesson, shown: readonly Tried[], gaveUp: Tried): Known {
  const { app, name } = lesson;
  const place = app.signedIn.url ?? (namingOf(shown.map(namedIn)) === undefined ? undefined : app.start);
  const told = (one: Tried): Tried =>
    place === undefined ? { ...one, seen: onlyLastPage(one.seen, app) } : one;
  const good = shown.map(told);
  const people = good.map(namedIn);
  const naming = namingOf(people);
  if (naming === undefined) throw unreadable(name, `${misnamed(good, place)}${refusedByIdp(lesson)}`);
  const cancelled = told(gaveUp);
  checkCancelled(lesson, cancelled, naming, people);
  checkSigns(
    name,
    app,
    good.map(({ seen }) => seen.page.html),
    cancelled.seen.isOwnPage ? cancelled.seen.page.html : "",
  );
  const { seen } = cancelled;
  const [prints, identities] = [
    good.map((one) => printOf(one.seen.page, namesOf(one, naming))),
    good.flatMap((one) => identityPrint(one, naming) ?? []),
  ];
  return {
    naming,
    people,
    place,
    isPlaceProtected: place === app.start,
    good: familiarWith(prints),
    identity: place === undefined ? undefined : familiarWith(identities),
    opened: openedTo(good, naming),
    cancelled: printOf(seen.page, [cancelled.user]),
    failures: cancelled.failures,
    nobodys: identityPrint(cancelled, naming),
    sessionCookies: sessionCookies(good, seen),
    redeems: good.every((one) => one.seen.redemptions > 0),
  };
}

function namedIn({ user, seen, signedNames }: Tried): Named {
  return { user, name: seen.named, signedNames };
}

function namesOf({ user, seen }: Tried, naming: Naming): readonly string[] {
  const isOther = naming === "own-name" || naming === "signed-name";
  return isOther && seen.named !== undefined ? [user, seen.named] : [user];
}

function identityPrint(one: Tried, naming: Naming): ReturnType<typeof printOf> | undefined {
  const { identityPage } = one.seen;
  return identityPage === undefined ? undefined : printOf(identityPage, namesOf(one, naming));
}

function openedTo(good: readonly Tried[], naming: Naming): Familiar | undefined {
  const prints = good.flatMap((one) => {
    const { protectedPage } = one.seen;
    return protectedPage === undefined ? [] : [printOf(protectedPage, namesOf(one, naming))];
  });
  return prints.length < good.length ? undefined : familiarWith(prints);
}

/** A name that all have who were let in, and those have not who were not. */
function sessionCookies(good: readonly Tried[], cancelled: Sighting): readonly string[] {
  const [first = [], ...others] = good.map(({ seen }) => seen.cookies ?? []);
  return first.filter(
    (name) => others.every((names) => names.includes(name)) && cancelled.cookies?.includes(name) !== true,
  );
}

function checkCancelled(
  { name }: Lesson,
  { user, seen }: Tried,
  naming: Naming,
  people: readonly Named[],
): void {
  if (seen.named === undefined) return;
  // What is no name, or nobody's in particular, may be the words of the refusal.
  const isName =
    naming === "same-for-all"
      ? seen.named === people[0]?.name
      : naming === "own-name" || naming === "signed-name"
        ? people.some((one) => one.name === seen.named)
        : addressesIn(seen.named).some((address) => address.toLowerCase() !== user.toLowerCase());
  if (isName) throw unreadable(name, `somebody who gave up at the IdP is shown as ${seen.named}`);
}

function misnamed(good: readonly Tried[], place: string | undefined): string {
  const worst =
    good.find(({ user, seen }) => namingOf([{ user, name: seen.named }]) !== "address") ?? good[0];
  if (worst === undefined) return "nobody signed in";
  const { user, seen } = worst;
  const shown = seen.named === undefined ? "nobody" : JSON.stringify(seen.named);
  const isList = new Set(addressesIn(seen.named ?? "")).size > 1;
  const what = isList ? `several names, ${shown},` : shown;
  const { url, status } = seen.page;
  return `after a good sign-in of ${user}, which ended at ${url} (${status}), the app shows ${what} at ${place ?? url}`;
}

/** Why nobody is signed in may be known at the IdP: a secret that is not the registered one, a code asked for twice. */
function refusedByIdp({ idp }: Lesson): string {
  const refused = idp.journal().findLast(({ status, protocol }) => status >= 400 && protocol !== "api");
  return refused === undefined
    ? ""
    : `; the mock IdP answered ${refused.method} ${refused.path} with ${refused.status}`;
}
