import { describe, expect, test } from "vitest";
import { familiarWith } from "../../../../harness/target/oracle/familiar.ts";
import type { Before } from "../../../../harness/target/oracle/infer.ts";
import type { Known } from "../../../../harness/target/oracle/known.ts";
import { readSighting } from "../../../../harness/target/oracle/read-sighting.ts";
import type { Signs } from "../../../../harness/target/oracle/signs.ts";
import {
  CANCELLED,
  ELSEWHERE,
  good,
  KNOWN,
  LAST_PAGE,
  PEOPLE,
  print,
  SHELL,
  SHELLS,
  sighting,
  USER,
  type Seen,
} from "./sightings.ts";

interface Row {
  readonly title: string;
  readonly seen: Seen;
  readonly known?: Known;
  readonly signs?: Signs;
  readonly before?: Before;
  readonly read: readonly unknown[];
}

const ROWS: readonly Row[] = [
  { title: "the good page", seen: { named: USER }, read: ["accept", "marker", "high"] },
  {
    title: "the good page without the cookie",
    seen: { named: USER, cookies: [] },
    read: ["accept", "marker", "medium"],
  },
  {
    title: "somebody else's page",
    seen: { html: good("admin@x"), named: "admin@x" },
    read: ["accept", "forged", "high"],
  },
  {
    title: "403 with the good page",
    seen: { named: USER, status: 403 },
    read: ["accept", "marker", "medium"],
  },
  {
    title: "one more word than on the good page, by 200",
    seen: { named: USER, html: good(USER, "Your customers", "denied") },
    read: [undefined, "marker", undefined],
  },
  {
    title: "one more word, by 403",
    seen: { named: USER, html: good(USER, "Your customers", "denied"), status: 403 },
    read: ["refuse", "marker", "medium"],
  },
  { title: "the good page that names nobody", seen: {}, read: [undefined, "nobody", undefined] },
  { title: "a list of names", seen: { named: `${USER}, admin@x` }, read: [undefined, undefined, undefined] },
  {
    title: "the page of a cancelled sign-in, by 200, and the protected one wants a sign-in",
    seen: { html: CANCELLED, cookies: [], there: "asks" },
    read: ["refuse", "nobody", "high"],
  },
  {
    title: "another page, and the protected one wants a sign-in",
    seen: { html: "<p>Bye</p>", cookies: undefined, there: "asks" },
    read: ["refuse", "nobody", "medium"],
  },
  {
    title: "a refusal that names the user, and the protected page wants a sign-in",
    seen: { html: `<b id="who">${USER}</b> may not sign in`, cookies: [], there: "asks" },
    read: ["refuse", "nobody", "high"],
  },
  {
    title: "a session cookie beside a refusal",
    seen: { html: CANCELLED, there: "asks" },
    read: ["refuse", "nobody", "medium"],
  },
  {
    title: "too many requests",
    seen: { html: CANCELLED, cookies: [], status: 429, there: "asks" },
    read: [undefined, "nobody", undefined],
  },
  {
    title: "an error page, but the protected page opens",
    seen: { html: "<p>Oops</p>", status: 500, named: USER, there: good(USER) },
    read: ["accept", "marker", "medium"],
  },
  {
    title: "an error page where another place names the user",
    seen: { html: "<p>Oops</p>", status: 500, named: USER, there: USER },
    known: ELSEWHERE,
    read: [undefined, "marker", undefined],
  },
  {
    title: "a refusal where another place names nobody",
    seen: { html: "<p>Bye</p>", there: "nobody", cookies: [] },
    known: ELSEWHERE,
    read: ["refuse", "nobody", "high"],
  },
  {
    title: "the page of a cancelled sign-in where only that page tells",
    seen: { html: CANCELLED, cookies: [], status: 400 },
    known: LAST_PAGE,
    read: ["refuse", "nobody", "high"],
  },
  {
    title: "an unknown page where only that page tells",
    seen: { html: "<p>Bye</p>", cookies: undefined },
    known: LAST_PAGE,
    read: [undefined, "nobody", undefined],
  },
  {
    title: "a page that is not there, where only that page tells",
    seen: { html: "<p>Bye</p>", status: 404, cookies: [] },
    known: LAST_PAGE,
    read: [undefined, "nobody", undefined],
  },
  {
    title: "a refusal that names the user where only that page tells",
    seen: { html: `<b id="who">${USER}</b> may not sign in`, status: 403, named: USER },
    known: LAST_PAGE,
    read: ["refuse", undefined, "medium"],
  },
  {
    title: "the good page after the same answer came twice, and was not redeemed again",
    seen: { named: USER },
    before: "same-answer",
    read: ["refuse", "marker", "medium"],
  },
  {
    title: "the good page after the same answer came twice, and nothing tells",
    seen: { named: USER },
    known: { ...KNOWN, redeems: false },
    before: "same-answer",
    read: [undefined, "marker", undefined],
  },
  {
    title: "the words of access after the same answer came twice, and was not redeemed again",
    seen: { named: USER },
    before: "same-answer",
    signs: { granted: { text: "customers" } },
    read: [undefined, "marker", undefined],
  },
  {
    title: "a refusal after the same answer came twice",
    seen: { html: CANCELLED, status: 400, named: USER, there: good(USER) },
    before: "same-answer",
    read: ["refuse", "marker", "medium"],
  },
  {
    title: "the sign of a refusal on the good page",
    seen: { named: USER, there: USER },
    known: ELSEWHERE,
    signs: { refused: { text: "customers" } },
    read: ["refuse", "marker", "medium"],
  },
  {
    title: "the sign of a refusal, but the protected page opens",
    seen: { named: USER },
    signs: { refused: { text: "customers" } },
    read: [undefined, "marker", undefined],
  },
  {
    title: "the sign of access on another page",
    seen: { named: USER, html: "<p>Welcome</p>" },
    signs: { granted: { regex: "^Wel" } },
    read: ["accept", "marker", "medium"],
  },
  {
    title: "the sign of access on another page, by 403",
    seen: { named: USER, html: "<p>Welcome</p>", status: 403 },
    signs: { granted: { text: "Welcome" } },
    read: ["accept", "marker", "low"],
  },
  {
    title: "the sign of access where the file says that names stand, and none does",
    seen: { html: "<p>Welcome</p>", there: "nobody", cookies: [] },
    known: ELSEWHERE,
    signs: { granted: { text: "Welcome" } },
    read: [undefined, "nobody", undefined],
  },
  {
    title: "the sign of a refusal, by a status that says that the server has no time",
    seen: { html: "<p>Go away</p>", status: 503, there: "nobody", cookies: [] },
    known: ELSEWHERE,
    signs: { refused: { text: "Go away" } },
    read: ["refuse", "nobody", "high"],
  },
  {
    title: "the page of a cancelled sign-in, by 401, while another place names the user",
    seen: { html: CANCELLED, status: 401, named: USER, there: USER },
    known: ELSEWHERE,
    read: [undefined, "marker", undefined],
  },
  {
    title: "the sign of access for nobody",
    seen: { html: "<p>Welcome</p>" },
    signs: { granted: { selector: "p" } },
    read: ["accept", "nobody", "medium"],
  },
  {
    title: "signs for both sides",
    seen: { named: USER },
    signs: { granted: { selector: "nav" }, refused: { text: "Help" } },
    read: [undefined, "marker", undefined],
  },
  {
    title: "the sign of a challenge",
    seen: { named: USER, html: "<p>Prove it</p>" },
    signs: { challenge: { text: "Prove" } },
    read: ["challenge", "marker", "high"],
  },
  {
    title: "a page that is the same for all, where another place is shut",
    seen: { html: SHELL, there: "no", thereStatus: 403, cookies: undefined },
    known: { ...ELSEWHERE, good: SHELLS },
    read: ["refuse", "nobody", "medium"],
  },
  {
    title: "a page that is the same for all, where another place says nothing",
    seen: { html: SHELL, there: "no", cookies: undefined },
    known: { ...ELSEWHERE, good: SHELLS, nobodys: undefined },
    read: [undefined, "nobody", undefined],
  },
  {
    title: "a page that is the same for all, and is shut when it is looked at again",
    seen: { html: SHELL, there: "no", thereStatus: 403, cookies: undefined },
    known: { ...KNOWN, good: SHELLS, identity: SHELLS },
    read: [undefined, "nobody", undefined],
  },
  {
    title: "the good page, which names the user, where another place is shut",
    seen: { there: "no", thereStatus: 403, cookies: undefined },
    known: ELSEWHERE,
    read: [undefined, "nobody", undefined],
  },
  {
    title: "words for everybody who is in",
    seen: { named: "Sign out", html: good("Sign out") },
    known: {
      ...KNOWN,
      naming: "same-for-all",
      people: PEOPLE.map((user) => ({ user, name: "Sign out" })),
      good: familiarWith(PEOPLE.map((user) => print(good("Sign out"), user))),
      identity: familiarWith(PEOPLE.map((user) => print(good("Sign out"), user))),
    },
    read: ["accept", undefined, "low"],
  },
];

describe("what an app decided", () => {
  test.each(ROWS)("$title → $read", ({ seen, known = KNOWN, signs = {}, before = "nothing", read }) => {
    const { decision, as, confidence } = readSighting(sighting(seen), known, { user: USER, signs, before });
    expect([decision, as, confidence]).toEqual(read);
  });

  test.each([
    {
      title: "asked again and again",
      signIns: 4,
      named: undefined,
      there: "asks",
      read: ["challenge", "high"],
    },
    {
      title: "sent round by itself",
      signIns: 1,
      named: undefined,
      there: "asks",
      read: ["challenge", "medium"],
    },
    {
      title: "sent round, but the protected page opens",
      signIns: 1,
      named: USER,
      there: good(USER),
      read: [undefined, undefined],
    },
  ])("$title → $read", ({ signIns, named, there, read }) => {
    const looped = { ...sighting({ named, there }), looped: true, signIns };
    const seen = readSighting(looped, KNOWN, { user: USER, signs: {}, before: "nothing" });
    expect([seen.decision, seen.confidence]).toEqual(read);
    expect(seen.signals[0]).toMatch(/^challenge-loop: /);
  });

  test("a page of the IdP's decides nothing", () => {
    const elsewhere = {
      ...sighting({ html: "<p>Bad request</p>", status: 400, cookies: [], there: "asks" }),
      isOwnPage: false,
    };
    expect(
      readSighting(elsewhere, KNOWN, { user: USER, signs: {}, before: "nothing" }).decision,
    ).toBeUndefined();
  });
});
