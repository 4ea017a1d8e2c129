import { describe, expect, test } from "vitest";
import { caseLines } from "../../../harness/report/case-words.ts";
import { wrongDecisionLines } from "../../../harness/report/wrong-decisions.ts";
import { compare } from "../../../harness/run/compare.ts";
import type { CaseInfo, CaseResult } from "../../../harness/run/events.ts";
import type { Expectation } from "../../../harness/scenario/schema.ts";
import type { Observation } from "../../../harness/target/observation.ts";
import { CONTRADICTION, settle } from "../../../harness/target/settle.ts";
import type { Verdict } from "../../../src/index.ts";
import { EVIDENT_RUN } from "../../support/run-events.ts";

// Each sentence that a report can say of a case, beside the observation that it rests on, and what it must not be said of:
// the same case without that observation.

interface Case {
  readonly expect: Expectation;
  readonly seen: Observation;
  readonly verdict: Verdict | undefined;
  readonly nameFrom?: CaseResult["nameFrom"];
  readonly transport?: "direct" | "protocol";
}

const EVENT = EVIDENT_RUN.find((event) => event.type === "case-end");
const JUDGED = EVENT?.result.verdict;

function verdict(word: Verdict["verdict"]): Verdict {
  if (JUDGED === undefined) throw new TypeError("the run has no verdict");
  return { ...JUDGED, verdict: word, findings: [], matchers: { strict: "fail" } };
}

const SEEN: Observation = {
  decision: "accept",
  as: "marker",
  confidence: "high",
  signals: ["a page"],
  exchanges: [],
  issued: undefined,
};

const { as: _as, ...NAMELESS } = SEEN;

const { confidence: _confidence, ...UNSURE } = SEEN;

const PAGE = { url: "http://127.0.0.1/portal", status: 200, html: "<p>admin@victim.example" };

const GOOD: Case = {
  expect: { verdict: "non-compliant", findings: [], decision: "accept" },
  seen: SEEN,
  verdict: verdict("non-compliant"),
};

const UNTOLD: Case = { ...GOOD, seen: { ...NAMELESS, decision: undefined } };

/** All that a report says of a case beside its name. */
function saidOf({ expect: wanted, seen, verdict: judged, nameFrom, transport = "protocol" }: Case): string {
  const outcome = compare(wanted, transport, seen, judged);
  const from = nameFrom === undefined ? {} : { nameFrom };
  const { issued: _issued, lastPage: _lastPage, ...observation } = seen;
  const result = { outcome, observation, verdict: judged, ...from, durationMilliseconds: 1 };
  const info: CaseInfo = {
    id: "one/protocol/portal",
    scenario: "one",
    title: "",
    why: "",
    references: [],
    covers: [],
    channel: "saml",
    transport,
    target: "portal",
    expect: wanted,
    severity: "high",
  };
  return [...outcome.differences, ...caseLines(result), ...wrongDecisionLines([{ info, result }])].join("\n");
}

interface Row {
  readonly sentence: string;
  readonly rests: string;
  readonly on: Case;
  readonly without: readonly Case[];
}

const REFUSED: Observation = { ...SEEN, decision: "refuse" };
const FORGED: Observation = { ...SEEN, as: "forged" };
const REJECTING: Expectation = { ...GOOD.expect, decision: "refuse" };
const STOPPING: Expectation = { verdict: "none", findings: [], decision: "refuse" };
const BOTH_SIDES: Observation = {
  ...SEEN,
  ...settle([
    { decision: "accept", signal: "the words of access" },
    { decision: "refuse", signal: "the words of a refusal" },
  ]),
};

const ROWS: readonly Row[] = [
  {
    sentence: "nothing that was seen shows whether the target accepted or rejected",
    rests: "no sign decided",
    on: UNTOLD,
    without: [GOOD, { ...GOOD, seen: REFUSED }, { ...GOOD, seen: BOTH_SIDES }],
  },
  {
    sentence: "what was seen speaks for acceptance and against it, so that it shows neither",
    rests: "signs for both sides",
    on: { ...GOOD, seen: BOTH_SIDES },
    without: [UNTOLD, GOOD, { ...GOOD, seen: REFUSED }],
  },
  {
    sentence: "no artifact crossed, so there was nothing to judge",
    rests: "the IdP issued nothing",
    on: { ...GOOD, verdict: undefined },
    without: [GOOD, UNTOLD],
  },
  {
    sentence: "the judge does not find in what crossed what the scenario describes",
    rests: "another verdict than the scenario's, at a target that decides",
    on: { ...GOOD, verdict: verdict("compliant") },
    without: [GOOD, { ...GOOD, transport: "direct", seen: UNTOLD.seen, verdict: verdict("compliant") }],
  },
  {
    sentence: "decision: accept, expected refuse",
    rests: "the decision",
    on: { ...GOOD, expect: REJECTING },
    without: [GOOD, { ...GOOD, expect: REJECTING, seen: REFUSED }, { ...UNTOLD, expect: REJECTING }],
  },
  {
    sentence: "session: forged, expected marker",
    rests: "the name that the target shows",
    on: { ...GOOD, seen: FORGED },
    without: [GOOD, { ...GOOD, seen: { ...FORGED, decision: "refuse" } }],
  },
  {
    sentence: "last page: it contains admin@victim.example, expected nowhere",
    rests: "the text of the page at the end",
    on: {
      ...GOOD,
      expect: { ...GOOD.expect, neverShown: "admin@victim.example" },
      seen: { ...SEEN, lastPage: PAGE },
    },
    without: [
      { ...GOOD, expect: { ...GOOD.expect, neverShown: "admin@victim.example" } },
      { ...GOOD, expect: { ...GOOD.expect, neverShown: "eve" }, seen: { ...SEEN, lastPage: PAGE } },
      { ...GOOD, seen: { ...SEEN, lastPage: PAGE } },
    ],
  },
  {
    sentence: "token requests at the issuer of this scenario: 2, expected none",
    rests: "requests that this issuer saw",
    on: { ...GOOD, expect: STOPPING, seen: { ...REFUSED, ownTokenRequests: 2 }, verdict: undefined },
    without: [
      { ...GOOD, expect: STOPPING, seen: { ...REFUSED, ownTokenRequests: 0 }, verdict: undefined },
      { ...GOOD, expect: STOPPING, seen: REFUSED, verdict: undefined },
      { ...GOOD, seen: { ...SEEN, ownTokenRequests: 2 } },
    ],
  },
  {
    sentence: "confidence: high",
    rests: "how sure the signs are",
    on: GOOD,
    without: [{ ...GOOD, seen: UNSURE }],
  },
  {
    sentence: "session: that of who signed in",
    rests: "the name that the target shows",
    on: GOOD,
    without: [
      { ...GOOD, seen: NAMELESS },
      { ...GOOD, seen: FORGED },
      { ...GOOD, seen: { ...SEEN, as: "nobody" } },
    ],
  },
  {
    sentence: "the message named somebody else too, and the session is that of the name in its signed part",
    rests: "two names in the message, and an accepted session of the signed one",
    on: { ...GOOD, nameFrom: "signed-part" },
    without: [
      GOOD,
      { ...GOOD, nameFrom: "signed-part", seen: FORGED },
      { ...GOOD, nameFrom: "signed-part", seen: REFUSED },
      { ...GOOD, nameFrom: "signed-part", seen: NAMELESS },
      { ...GOOD, nameFrom: "signed-part", seen: { ...SEEN, decision: undefined } },
    ],
  },
  {
    sentence: "session: somebody's who did not sign in",
    rests: "a name that is not of who signed in",
    on: { ...GOOD, seen: FORGED },
    without: [GOOD, { ...GOOD, seen: NAMELESS }],
  },
  {
    sentence: "the app was fooled, it accepted a message that the judge calls non-compliant",
    rests: "an accepted session of somebody else, and the verdict on the message",
    on: { ...GOOD, seen: FORGED },
    without: [
      GOOD,
      { ...GOOD, seen: { ...FORGED, decision: "refuse" } },
      { ...GOOD, seen: { ...FORGED, decision: undefined } },
      { ...GOOD, seen: FORGED, verdict: verdict("compliant") },
      { ...GOOD, seen: FORGED, verdict: verdict("inconclusive") },
      { ...GOOD, seen: FORGED, verdict: undefined },
    ],
  },
  {
    sentence: "session: nobody's",
    rests: "a page that names nobody",
    on: { ...GOOD, seen: { ...SEEN, as: "nobody" } },
    without: [GOOD, { ...GOOD, seen: NAMELESS }, { ...GOOD, seen: FORGED }],
  },
  {
    sentence: "portal accepted 1 sign-in that it should reject (1 high)",
    rests: "an acceptance where a rejection is demanded",
    on: { ...GOOD, expect: REJECTING },
    without: [
      GOOD,
      { ...GOOD, expect: REJECTING, seen: REFUSED },
      { ...UNTOLD, expect: REJECTING },
      { ...GOOD, expect: { ...REJECTING, orAccept: "who-signed-in" } },
      { ...GOOD, expect: REJECTING, verdict: verdict("compliant") },
    ],
  },
  {
    sentence: "portal opened the session of somebody else in 1 sign-in (1 high)",
    rests: "an accepted session of somebody else where accepting is right",
    on: { ...GOOD, seen: FORGED },
    without: [
      GOOD,
      { ...GOOD, seen: { ...FORGED, decision: "refuse" } },
      { ...GOOD, expect: REJECTING, seen: FORGED },
    ],
  },
  {
    sentence: "portal rejected 1 sign-in that it should accept",
    rests: "a rejection where an acceptance is demanded",
    on: { ...GOOD, seen: REFUSED },
    without: [GOOD, UNTOLD, { ...GOOD, seen: REFUSED, expect: { ...GOOD.expect, orRefuse: true } }],
  },
];

describe.each(ROWS)("$sentence", ({ sentence, rests, on, without }) => {
  test(`rests on: ${rests}`, () => expect(saidOf(on)).toContain(sentence));

  test.each(without.map((other, index) => ({ other, index })))("not without it, $index", ({ other }) => {
    expect(saidOf(other)).not.toContain(sentence);
  });
});

test("a contradiction is one of acceptance and rejection, not of two rejections", () => {
  const votes = [
    { decision: "refuse", signal: "a" },
    { decision: "challenge", signal: "b" },
  ] as const;
  expect(settle(votes).signals).not.toContain(CONTRADICTION);
});
