import { describe, expect, test } from "vitest";
import { type PagePrint, printOf } from "../../../harness/target/oracle/page-print.ts";
import { readSighting } from "../../../harness/target/oracle/read-sighting.ts";
import type { Sighting } from "../../../harness/target/oracle/sighting.ts";
import { readWho, whoseIs } from "../../../harness/target/oracle/who.ts";

const ORIGIN = "http://127.0.0.1:3000";

describe("who is signed in", () => {
  test.each([
    { html: "<b id=u> a@x </b>", place: { selector: "#u" }, name: "a@x" },
    { html: "<b id=u></b>", place: { selector: "#u" }, name: undefined },
    { html: "<b>a@x</b>", place: { selector: "#u" }, name: undefined },
    { html: '{"user":{"name":"a@x"}}', place: { json: "/user/name" }, name: "a@x" },
    {
      html: '<html><body><pre>{"user":{"name":"a@x"}}</pre></body></html>',
      place: { json: "/user/name" },
      name: "a@x",
    },
    { html: '{"user":null}', place: { json: "/user" }, name: undefined },
    { html: "not json", place: { json: "/user" }, name: undefined },
    { html: "<p>Hello a@x!</p>", place: { regex: "Hello (\\S+)!" }, name: "a@x" },
    { html: "<script>var s = 'Hello a@x!'</script>", place: { regex: "Hello (\\S+)!" }, name: undefined },
  ])("$html → $name", ({ html, place, name }) => {
    expect(readWho(html, place)).toBe(name);
  });

  test.each([
    { name: undefined, whose: "nobody" },
    { name: "a@x.example", whose: "marker" },
    { name: "Agent Seven <a@x.example>", whose: "marker" },
    { name: "a@x.example.evil", whose: "forged" },
    { name: "ba@x.example", whose: "forged" },
    { name: "A@X.example", whose: "forged" },
  ])("$name → $whose", ({ name, whose }) => {
    expect(whoseIs(name, "a@x.example")).toBe(whose);
  });
});

const USER = "case-1@partner.example";

function good(user: string, words = "Your customers", extra = ""): string {
  return `<h1>Portal</h1><nav>Home Help Terms Privacy</nav><b id="who">${user}</b><p>${words} ${extra}</p>`;
}

function print(html: string, user: string, path = "/portal", status = 200): PagePrint {
  return printOf({ url: `${ORIGIN}${path}`, status, html }, user);
}

const KNOWN = {
  good: [print(good("first@x"), "first@x"), print(good("second@x"), "second@x")],
  cancelled: print("<h1>Portal</h1><p>Sign-in failed</p>", "gone@x", "/callback", 400),
  sessionCookies: ["sid"],
  redeems: false,
} as const;

interface Seen {
  readonly html?: string;
  readonly status?: number;
  readonly named?: string | undefined;
  readonly cookies?: readonly string[] | undefined;
  readonly asked?: boolean;
  readonly path?: string;
}

function sighting({
  html = good(USER),
  status = 200,
  named,
  cookies = ["sid"],
  asked,
  path = "/portal",
}: Seen): Sighting {
  const page = { url: `${ORIGIN}${path}`, status, html };
  return {
    page,
    isOwnPage: true,
    looped: false,
    signIns: 1,
    identityPage: asked === true ? undefined : page,
    named,
    cookies,
    redeemed: false,
  };
}

describe("what an app decided", () => {
  test.each<{
    title: string;
    seen: Seen;
    signs?: Parameters<typeof readSighting>[3];
    read: readonly unknown[];
  }>([
    { title: "the good page", seen: { named: USER }, read: ["accept", "marker", "high"] },
    {
      title: "the good page without the cookie",
      seen: { named: USER, cookies: [] },
      read: ["accept", "marker", "medium"],
    },
    { title: "somebody else's page", seen: { named: "admin@x" }, read: ["accept", "forged", "high"] },
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
    {
      title: "403 with the good page",
      seen: { named: USER, status: 403 },
      read: ["accept", "marker", "medium"],
    },
    { title: "the good page that names nobody", seen: {}, read: [undefined, "nobody", undefined] },
    {
      title: "the page of a cancelled sign-in, by 200",
      seen: { html: "<h1>Portal</h1><p>Sign-in failed</p>", cookies: [] },
      read: ["refuse", "nobody", "high"],
    },
    {
      title: "another page, and the protected one wants a sign-in",
      seen: { html: "<p>Bye</p>", cookies: [], asked: true },
      read: ["refuse", "nobody", "high"],
    },
    {
      title: "another page, and no driver that knows cookies",
      seen: { html: "<p>Bye</p>", cookies: undefined },
      read: [undefined, "nobody", undefined],
    },
    {
      title: "the sign of a refusal on the good page",
      seen: { named: USER },
      signs: { refused: { text: "customers" } },
      read: ["refuse", "marker", "medium"],
    },
    {
      title: "the sign of access on another page",
      seen: { named: USER, html: "<p>Welcome</p>" },
      signs: { granted: { regex: "^Wel" } },
      read: ["accept", "marker", "high"],
    },
    {
      title: "the sign of access for nobody",
      seen: { html: "<p>Welcome</p>" },
      signs: { granted: { selector: "p" } },
      read: [undefined, "nobody", undefined],
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
  ])("$title → $read", ({ seen, signs = {}, read }) => {
    const { decision, as, confidence } = readSighting(sighting(seen), KNOWN, USER, signs);
    expect([decision, as, confidence]).toEqual(read);
  });

  test("a loop is a challenge, whatever the page says", () => {
    const looped = { ...sighting({ named: USER }), looped: true, signIns: 4 };
    expect(readSighting(looped, KNOWN, USER, {})).toEqual({
      decision: "challenge",
      confidence: "high",
      signals: ["challenge-loop: asked to sign in again and again, 4 times"],
    });
  });

  test("a page of the IdP's decides nothing", () => {
    const elsewhere = {
      ...sighting({ html: "<p>Bad request</p>", status: 400, cookies: [], asked: true }),
      isOwnPage: false,
    };
    expect(readSighting(elsewhere, KNOWN, USER, {}).decision).toBeUndefined();
  });
});
