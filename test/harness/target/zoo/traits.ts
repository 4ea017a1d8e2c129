import type { Care, Checks } from "./federations.ts";

/** What is awkward about an app of the zoo. */
export interface Traits extends Checks {
  /** How it says that an answer was not believed. */
  readonly refusal:
    | "page"
    | "page-by-200"
    | "start-page"
    | "start-page-with-error"
    | "sign-in-page"
    | "asks-again"
    | "bare-401"
    | "bare-403"
    | "echoes-name"
    | "server-error"
    | "error-page-by-500"
    | "try-again-by-200"
    | "json-by-200"
    | "sign-in-page-with-error"
    | "two-redirects-for-ever"
    | "thirty-redirects"
    | "download";
  /** Where somebody ends who gave up at the IdP. */
  readonly gaveUp: "as-refused" | "home";
  /** What becomes of somebody without MFA: refused as others are, or signed in and shown a page that says so. */
  readonly weak: "refused" | "page-by-200" | "page-by-403" | "extra-line" | "level";
  /** How its pages name whoever is signed in. */
  readonly names: "address" | "upper-case" | "with-greeting" | "initials" | "hash" | "local-part" | "nobody";
  readonly session:
    | "cookie"
    | "anonymous-before"
    | "anonymous-and-rotated"
    | "also-when-refused"
    | "random-name"
    | "odd-paths"
    | "in-address";
  readonly dress:
    | "plain"
    | "random"
    | "lists-others"
    | "in-comment"
    | "broken"
    | "huge"
    | "xhtml"
    | "script-json"
    | "made-by-script"
    | "in-frame"
    | "shell"
    | "much-else";
  readonly way: "at-once" | "waits" | "asks-which-idp" | "asks-for-consent" | "closes-each-time";
  /** Where it says who is signed in: on its pages; in JSON, to nobody by 200 or by 401; or by an API that demands MFA. */
  readonly place: "page" | "json" | "json-by-401" | "api";
  /** What the file of the app says to look for besides. */
  readonly signs: "none" | "granted" | "refused";
  /** What goes wrong besides. */
  readonly trouble:
    | "none"
    | "locks-alike"
    | "locks-by-429"
    | "locks-by-page"
    | "opens-all-the-same"
    | "mixes-users-up"
    | "error-page-after-sign-in"
    | "first-for-ever"
    | "forgets-once"
    | "crashes-once"
    | "slow-once"
    | "goes-down";
}

/** An app without anything awkward. */
const TAME: Traits = {
  care: "correct",
  refusal: "page",
  gaveUp: "as-refused",
  signature: "checked",
  weak: "refused",
  names: "address",
  session: "cookie",
  dress: "plain",
  way: "at-once",
  place: "page",
  signs: "none",
  trouble: "none",
};

/** An app that has all of this, and a file that says nothing untrue: what it calls access is not shown to the weak. */
export function traitsOf(care: Care, some: readonly Partial<Traits>[]): Traits {
  const all = some.reduce<Traits>((before, one) => ({ ...before, ...one }), { ...TAME, care });
  const isUntrue = all.signs === "granted" && (all.weak === "extra-line" || all.weak === "level");
  return isUntrue ? { ...all, signs: "none" } : all;
}

/** After so many refusals an app that locks lets nobody in. */
export const PATIENCE = 2;

/** The answer at which an app that goes wrong once does so: some cases and lessons come before it. */
export const UNLUCKY = 7;

/** What the zoo was built with: each awkward in its own way. */
export const AWKWARD: Readonly<Record<string, Partial<Traits>>> = {
  "an app like most": {},
  "everything by 200": { refusal: "page-by-200", weak: "page-by-200" },
  "errors at the start page": { refusal: "start-page-with-error" },
  "a refusal like the home page": { refusal: "start-page" },
  "a refusal like the sign-in page": { refusal: "sign-in-page", weak: "refused" },
  "a refusal that asks again": { refusal: "asks-again" },
  "401 without a body": { refusal: "bare-401", weak: "refused" },
  "403 without a body": { refusal: "bare-403", weak: "page-by-403" },
  "a refusal that names the user": { refusal: "echoes-name" },
  "an error of its own": { refusal: "server-error" },
  "an error page by 500, nobody's signature checked": {
    refusal: "error-page-by-500",
    gaveUp: "home",
    signature: "unchecked",
  },
  "an error page by 500 with the sign of a refusal": {
    refusal: "error-page-by-500",
    gaveUp: "home",
    signs: "refused",
    weak: "page-by-200",
  },
  "words to try again, by 200": { refusal: "try-again-by-200", gaveUp: "home", session: "in-address" },
  "a refusal in JSON, by 200": { refusal: "json-by-200", gaveUp: "home", session: "in-address" },
  "a sign-in page that tells the error": {
    way: "asks-which-idp",
    refusal: "sign-in-page-with-error",
    gaveUp: "home",
  },
  "two redirects for ever": { refusal: "two-redirects-for-ever" },
  "thirty redirects": { refusal: "thirty-redirects" },
  "one more line for the weak": { weak: "extra-line" },
  "another level for the weak": { weak: "level" },
  "upper-case names": { names: "upper-case", weak: "page-by-200" },
  "a greeting around the name": { names: "with-greeting", weak: "page-by-200" },
  initials: { names: "initials" },
  "a hash for a name": { names: "hash", weak: "page-by-200" },
  "half of the name": { names: "local-part" },
  "nobody's name": { names: "nobody", weak: "page-by-403" },
  "an anonymous session first": { session: "anonymous-before" },
  "an anonymous session that is rotated": { session: "anonymous-and-rotated", refusal: "page-by-200" },
  "a session for the refused too": { session: "also-when-refused" },
  "cookies with random names": { session: "random-name", refusal: "page-by-200" },
  "the session in the address": { session: "in-address" },
  "the session in the address, all by 200": { session: "in-address", refusal: "page-by-200" },
  "other words at each load": { dress: "random", weak: "page-by-200" },
  "other words at each load, one more line": { dress: "random", weak: "extra-line" },
  "a list of all users": { dress: "lists-others", weak: "extra-line" },
  "the name in a comment too": { dress: "in-comment", refusal: "page-by-200" },
  "broken HTML": { dress: "broken", weak: "page-by-200" },
  "a huge page": { dress: "huge", weak: "extra-line" },
  "the type of XHTML": { dress: "xhtml" },
  "a script that holds the name": { dress: "script-json", refusal: "start-page" },
  "a page with much else": { dress: "much-else", weak: "extra-line", refusal: "page-by-200" },
  "a page to wait on": { way: "waits" },
  "a page to choose the IdP": { way: "asks-which-idp" },
  "a page to choose the IdP, shown to the refused": { way: "asks-which-idp", refusal: "sign-in-page" },
  "a page to consent to": { way: "asks-for-consent", weak: "page-by-403" },
  "names in JSON": { place: "json", refusal: "page-by-200", weak: "page-by-403" },
  "names in JSON, nobody by 401": { place: "json-by-401", refusal: "start-page" },
  "names in JSON, one more line for the weak": { place: "json", weak: "extra-line" },
  "names in JSON, a refusal that opens all the same": { place: "json", trouble: "opens-all-the-same" },
  "a sign of refusal": { signs: "refused", weak: "page-by-200", refusal: "page-by-200" },
  "a sign of access": { signs: "granted", weak: "page-by-200", dress: "random" },
  "a sign of access beside a list of users": { signs: "granted", dress: "lists-others", weak: "page-by-200" },
  "a lock that looks like a refusal": { trouble: "locks-alike" },
  "a lock by 429": { trouble: "locks-by-429" },
  "a lock by a page of its own": { trouble: "locks-by-page", refusal: "page-by-200" },
  "a refusal that opens all the same": { trouble: "opens-all-the-same" },
  "users mixed up": { trouble: "mixes-users-up" },
  "a file instead of a refusal": { refusal: "download" },
  "cookies of odd paths": { session: "odd-paths", refusal: "page-by-200" },
  "a connection for each answer": { way: "closes-each-time" },
  "a single-page app whose API demands MFA": {
    dress: "shell",
    place: "api",
    refusal: "bare-401",
    weak: "page-by-403",
  },
  "a single-page app that is the same for the refused": { dress: "shell", place: "api", weak: "page-by-403" },
  "the first user for ever": { trouble: "first-for-ever" },
  "a memory that is lost once": { trouble: "forgets-once" },
  "a crash, once": { trouble: "crashes-once" },
  "an answer that takes long": { trouble: "slow-once" },
  "an app that goes down": { trouble: "goes-down" },
  "an error after the sign-in": { trouble: "error-page-after-sign-in" },
};
