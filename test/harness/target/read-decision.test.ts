import { expect, test } from "vitest";
import { readDecision } from "../../../harness/target/read-decision.ts";

const ORIGIN = "http://127.0.0.1:2";
const USER = "agent@partner.example";

function page(html: string, { url = `${ORIGIN}/portal`, status = 200, looped = false } = {}) {
  return { page: { url, status, html }, exchanges: [], signIns: 4, looped };
}

const NAMED = `<p id="signed-in-as">${USER}</p>`;

test.each([
  {
    title: "access for this user",
    driven: page(`${NAMED}<p id="access"> granted </p>`),
    decision: "accept",
    as: "marker",
  },
  {
    title: "access for somebody else",
    driven: page(`<p id="signed-in-as">other@partner.example</p><p id="access">granted</p>`),
    decision: "accept",
    as: "forged",
  },
  {
    title: "access for nobody",
    driven: page(`<p id="access">granted</p>`),
    decision: "accept",
    as: "nobody",
  },
  {
    title: "access for a blank",
    driven: page(`<p id="signed-in-as"> </p><p id="access">granted</p>`),
    decision: "accept",
    as: "nobody",
  },
  {
    title: "access for a longer name",
    driven: page(`<p id="signed-in-as">${USER}.evil</p><p id="access">granted</p>`),
    decision: "accept",
    as: "forged",
  },
  {
    title: "refused",
    driven: page(`${NAMED}<p id="access">refused</p>`),
    decision: "refuse",
    as: "marker",
  },
  {
    title: "refused, though HTTP says 200",
    driven: page(`<p id="access">sign-in refused</p>`),
    decision: "refuse",
    as: "nobody",
  },
  {
    title: "sign in again",
    driven: page(`${NAMED}<p id="access">sign in again</p>`),
    decision: "challenge",
    as: "marker",
  },
  {
    title: "a loop",
    driven: page(`${NAMED}<p id="access">granted</p>`, { looped: true }),
    decision: "challenge",
    as: undefined,
  },
  {
    title: "the same words elsewhere",
    driven: page(`${NAMED}<p id="access">granted</p>`, { url: "http://127.0.0.1:1/portal" }),
    decision: undefined,
    as: undefined,
  },
  {
    title: "other words",
    driven: page(`${NAMED}<p id="access">not granted</p>`),
    decision: undefined,
    as: "marker",
  },
  { title: "no words", driven: page("<h1>Error</h1>", { status: 500 }), decision: undefined, as: "nobody" },
])("$title → $decision as $as", ({ driven, decision, as }) => {
  const seen = readDecision(driven, ORIGIN, USER);
  expect([seen.decision, seen.as]).toEqual([decision, as]);
});

test("the signals say what was seen", () => {
  const html = `${NAMED}<p id="access">refused</p><p id="reason">No MFA.</p>`;
  expect(readDecision(page(html, { status: 403 }), ORIGIN, USER).signals).toEqual([
    `/portal (403) names ${USER} as signed in`,
    "access: refused",
    "No MFA.",
  ]);
  expect(readDecision(page("", { looped: true }), ORIGIN, USER).signals).toEqual([
    "asked to sign in again and again: 4 times",
  ]);
  expect(readDecision(page("", { url: "http://127.0.0.1:1/x" }), ORIGIN, USER).signals).toEqual([
    "the sign-in ended at http://127.0.0.1:1/x (200)",
  ]);
});
