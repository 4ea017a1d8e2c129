import { expect, test } from "vitest";
import { appDefinition } from "../../../../harness/target/definition/app.ts";
import { needsWeak } from "../../../../harness/target/oracle/doubts.ts";
import { familiarWith } from "../../../../harness/target/oracle/familiar.ts";
import type { Known } from "../../../../harness/target/oracle/known.ts";
import { printOf } from "../../../../harness/target/oracle/page-print.ts";
import type { Sighting } from "../../../../harness/target/oracle/sighting.ts";
import { failuresOf } from "../../../../harness/target/oracle/sign-in-once.ts";
import { weakFrom } from "../../../../harness/target/oracle/weak.ts";
import type { FinalPage } from "../../../../harness/transport/exchange.ts";

const ORIGIN = "http://127.0.0.1:3000";
const START = `${ORIGIN}/portal`;
const USER = "weak@partner.example";

function page(html: string, status = 200): FinalPage {
  return { url: START, status, html };
}

function good(user: string): FinalPage {
  return page(`<h1>Portal</h1><p><b id="who">${user}</b></p><p>Your customers</p>`);
}

const PEOPLE = ["one@x.example", "two@x.example"];
const PAGES = familiarWith(PEOPLE.map((user) => printOf(good(user), [user])));

const KNOWN: Known = {
  naming: "address",
  people: PEOPLE.map((user) => ({ user, name: user })),
  place: START,
  isPlaceProtected: true,
  good: PAGES,
  identity: PAGES,
  opened: undefined,
  cancelled: printOf(page("<p>Gone</p>", 400), ["gone@x.example"]),
  failures: [],
  nobodys: undefined,
  sessionCookies: [],
  redeems: true,
};

function app(more: object = {}) {
  const signedIn = { selector: "#who" };
  return appDefinition.parse({ kind: "app", channels: ["oidc"], start: START, signedIn, ...more });
}

function sighting(shown: FinalPage, more: Partial<Sighting> = {}): Sighting {
  return {
    page: shown,
    isOwnPage: true,
    looped: false,
    signIns: 1,
    asksSignIn: false,
    identityPage: shown,
    named: USER,
    cookies: [],
    redemptions: 1,
    ...more,
  };
}

const OTHER = `<h1>Portal</h1><p><b id="who">${USER}</b></p>`;

test.each([
  { title: "as good", shown: good(USER), likeGood: true, settledBy: undefined },
  {
    title: "more words, none of them the user's or a number's",
    shown: page(
      `${OTHER}<p>No access for ${USER}</p><p>Case 4711 is open</p><p>Too weak</p><p>Your customers</p>`,
    ),
    likeGood: false,
    settledBy: 'refused: { text: "Too weak" }',
  },
  {
    title: "fewer words",
    shown: page(OTHER),
    likeGood: false,
    settledBy: 'granted: { text: "Your customers" }',
  },
  {
    title: "other marks only",
    shown: page(`<i></i>${good(USER).html}`),
    likeGood: false,
    settledBy: undefined,
  },
])("the page of somebody without MFA, $title: $likeGood, $settledBy", ({ shown, likeGood, settledBy }) => {
  const weak = weakFrom(
    { user: USER, seen: sighting(shown), signedNames: [], failures: [] },
    { app: app({ granted: { text: "Portal" } }), known: KNOWN, good: PEOPLE.map(good) },
  );
  expect(weak).toMatchObject({ isLikeGood: likeGood, isCalledGranted: true });
  expect(weak?.settledBy).toBe(settledBy);
});

test.each([
  { title: "a failure", seen: sighting(page("<p>Oops</p>", 500)), weak: undefined },
  { title: "too many requests", seen: sighting(page("<p>Wait</p>", 429)), weak: undefined },
  {
    title: "a loop",
    seen: sighting(good(USER), { looped: true }),
    weak: { page: undefined, isLikeGood: false },
  },
  {
    title: "a page elsewhere",
    seen: sighting(good(USER), { isOwnPage: false }),
    weak: { isLikeGood: false },
  },
  {
    title: "a good page for nobody",
    seen: sighting(good(USER), { named: undefined }),
    weak: { isLikeGood: false },
  },
])("$title instead: $weak", ({ seen, weak }) => {
  const looks = { app: app(), known: KNOWN, good: PEOPLE.map(good) };
  const found = weakFrom({ user: USER, seen, signedNames: [], failures: [] }, looks);
  if (weak === undefined) expect(found).toBeUndefined();
  else expect(found).toMatchObject(weak);
});

const ME = { signedIn: { url: `${ORIGIN}/me`, json: "/user" } };
const ACCEPTED = { decision: "accept", as: "marker", signals: [] } as const;
const UNTOLD = { decision: undefined, as: "marker", signals: [] } as const;

test.each([
  { title: "accepted at the protected page", decided: ACCEPTED, file: {}, known: {}, needs: false },
  {
    title: "accepted where only the protected page is named, by address",
    decided: ACCEPTED,
    file: { signedIn: { url: START, selector: "#who" } },
    known: {},
    needs: false,
  },
  {
    title: "accepted by the identity alone",
    decided: ACCEPTED,
    file: ME,
    known: { isPlaceProtected: false },
    needs: true,
  },
  {
    title: "accepted by the identity, with a sign of refusal",
    decided: ACCEPTED,
    file: { ...ME, refused: { text: "no" } },
    known: { isPlaceProtected: false },
    needs: false,
  },
  {
    title: "accepted by a sign",
    decided: ACCEPTED,
    file: { granted: { text: "Portal" } },
    known: {},
    needs: true,
  },
  { title: "untold", decided: UNTOLD, file: {}, known: {}, needs: true },
  {
    title: "untold for nobody",
    decided: { ...UNTOLD, as: "nobody" as const },
    file: {},
    known: {},
    needs: false,
  },
  {
    title: "refused",
    decided: { ...ACCEPTED, decision: "refuse" as const },
    file: ME,
    known: { isPlaceProtected: false },
    needs: false,
  },
])("$title: a sign-in without MFA is wanted, $needs", ({ decided, file, known, needs }) => {
  const reading = {
    decided,
    seen: sighting(good(USER)),
    known: { ...KNOWN, ...known },
    app: app(file),
    user: USER,
    before: "nothing" as const,
  };
  expect(needsWeak(reading)).toBe(needs);
});

test("only failures of the app's own are its", () => {
  const exchanges = [
    { method: "GET", url: `${ORIGIN}/callback?code&state`, status: 502 },
    { method: "GET", url: `${ORIGIN}/portal`, status: 404 },
    { method: "GET", url: "http://127.0.0.1:4000/oidc/auth", status: 500 },
  ];
  const driven = [{ page: good(USER), exchanges, signIns: 1, looped: false }];
  expect(failuresOf(driven, app())).toEqual(["/callback 502"]);
});

// A line that is too short to tell anything, or too long to be written down, settles nothing.
test.each([
  { length: 3, isTold: false },
  { length: 4, isTold: true },
  { length: 80, isTold: true },
  { length: 81, isTold: false },
])("a line of $length characters settles it: $isTold", ({ length, isTold }) => {
  const line = "x".repeat(length);
  const shown = page(`${good(USER).html}<p>${line}</p>`);
  const tried = { user: USER, seen: sighting(shown), failures: [], signedNames: [] };
  const weak = weakFrom(tried, { app: app(), known: KNOWN, good: PEOPLE.map(good) });
  expect(weak?.settledBy).toBe(isTold ? `refused: { text: "${line}" }` : undefined);
});
