import { familiarWith } from "../../../../harness/target/oracle/familiar.ts";
import type { Known } from "../../../../harness/target/oracle/known.ts";
import { type PagePrint, printOf } from "../../../../harness/target/oracle/page-print.ts";
import type { Sighting } from "../../../../harness/target/oracle/sighting.ts";

const ORIGIN = "http://127.0.0.1:3000";
/** Whose sign-in is looked at. */
export const USER = "case-1@partner.example";

/** The page that those get who are let in. */
export function good(user: string, words = "Your customers", extra = ""): string {
  return `<h1>Portal</h1><nav>Home Help Terms Privacy</nav><b id="who">${user}</b><p>${words} ${extra}</p>`;
}

/** The page of a cancelled sign-in. */
export const CANCELLED = "<h1>Portal</h1><p>Sign-in failed</p>";

/** The print of a page at the app. */
export function print(html: string, user: string, path = "/portal", status = 200): PagePrint {
  return printOf({ url: `${ORIGIN}${path}`, status, html }, [user]);
}

/** Those whose sign-in was good. */
export const PEOPLE = ["first@x.example", "second@x.example", "third@x.example"];
const PAGES = familiarWith(PEOPLE.map((user) => print(good(user), user)));

/** An app that says on its protected page who is signed in. */
export const KNOWN: Known = {
  naming: "address",
  people: PEOPLE.map((user) => ({ user, name: user })),
  place: `${ORIGIN}/portal`,
  isPlaceProtected: true,
  good: PAGES,
  identity: PAGES,
  opened: undefined,
  cancelled: print(CANCELLED, "gone@x.example", "/callback", 400),
  failures: [],
  nobodys: undefined,
  sessionCookies: ["sid"],
  redeems: true,
};

/** One that says it at another address. */
export const ELSEWHERE: Known = {
  ...KNOWN,
  place: `${ORIGIN}/me`,
  isPlaceProtected: false,
  identity: familiarWith(PEOPLE.map((user) => print(user, user, "/me"))),
  nobodys: print("nobody", "gone@x.example", "/me"),
};

/** One that says it only on the page on which the sign-in ends. */
export const LAST_PAGE: Known = { ...KNOWN, place: undefined, isPlaceProtected: false, identity: undefined };

/** A page that whoever comes gets. */
export const SHELL = "<p>Loading</p>";
/** That page, three times. */
export const SHELLS = familiarWith(PEOPLE.map((user) => print(SHELL, user)));

/** What was seen, as far as it is not as after a good sign-in. */
export interface Seen {
  readonly html?: string;
  readonly status?: number;
  readonly path?: string;
  readonly named?: string | undefined;
  /** The page that says who is signed in; `asks`: the app asks for a sign-in instead. */
  readonly there?: string;
  readonly thereStatus?: number;
  readonly cookies?: readonly string[] | undefined;
  readonly redemptions?: number;
}

/** All that was seen of an app. */
export function sighting(seen: Seen): Sighting {
  const { html = good(USER), status = 200, path = "/portal", there = html, thereStatus = 200 } = seen;
  const { cookies = "cookies" in seen ? seen.cookies : ["sid"], redemptions = 1 } = seen;
  const asksSignIn = there === "asks";
  return {
    page: { url: `${ORIGIN}${path}`, status, html },
    isOwnPage: true,
    looped: false,
    signIns: 1,
    asksSignIn,
    identityPage: asksSignIn ? undefined : { url: `${ORIGIN}/me`, status: thereStatus, html: there },
    named: asksSignIn ? undefined : seen.named,
    cookies,
    redemptions,
  };
}
