import { expect, test } from "vitest";
import { compare } from "../../../harness/run/compare.ts";
import type { Expectation, Transport } from "../../../harness/scenario/schema.ts";
import type { Decision, Observation } from "../../../harness/target/observation.ts";
import type { Verdict } from "../../../src/index.ts";

const EXPECT: Expectation = {
  verdict: "non-compliant",
  findings: ["oidc.amr.absent"],
  matchers: { strict: "missing" },
  decision: "refuse",
};

function verdict(
  word: Verdict["verdict"],
  rules: readonly string[],
  strict: "pass" | "missing" = "missing",
): Verdict {
  return {
    verdict: word,
    reason: "",
    channel: "oidc",
    artifact: "id-token",
    policy: "oidc",
    signature: "verified",
    findings: rules.map((rule) => ({ rule, severity: "error", at: "/claims/amr", message: "no amr" })),
    evidence: undefined,
    matchers: { strict, "ms-cmdlet": "missing", "ms-mca": "missing" },
    disagreement: [],
    unchecked: [],
  };
}

function observation(decision: Decision | undefined): Observation {
  return { decision, signals: ["the page is empty"], exchanges: [], issued: undefined };
}

const OTHER =
  "the judge does not find in what crossed what the scenario describes, so it proves nothing of the target";

const AS_EXPECTED = verdict("non-compliant", ["oidc.amr.absent"]);

test.each<{
  name: string;
  transport: Transport;
  decision: Decision | undefined;
  judged: Verdict | undefined;
  status: string;
  differences: readonly string[];
}>([
  {
    name: "all as expected",
    transport: "protocol",
    decision: "refuse",
    judged: AS_EXPECTED,
    status: "pass",
    differences: [],
  },
  {
    name: "handed over",
    transport: "direct",
    decision: undefined,
    judged: AS_EXPECTED,
    status: "pass",
    differences: [],
  },
  {
    name: "let in without MFA",
    transport: "protocol",
    decision: "accept",
    judged: AS_EXPECTED,
    status: "fail",
    differences: ["decision: accept, expected refuse"],
  },
  {
    name: "judged otherwise",
    transport: "direct",
    decision: undefined,
    judged: verdict("compliant", [], "pass"),
    status: "fail",
    differences: [
      "verdict: compliant, expected non-compliant",
      "finding oidc.amr.absent: not found, expected",
      "matcher strict: pass, expected missing",
    ],
  },
  {
    name: "one finding too many",
    transport: "direct",
    decision: undefined,
    judged: verdict("non-compliant", ["oidc.amr.absent", "oidc.time.expired"]),
    status: "fail",
    differences: ["finding oidc.time.expired: found, not expected (no amr)"],
  },
  {
    name: "refused, but what crossed is another thing than the scenario describes",
    transport: "protocol",
    decision: "refuse",
    judged: verdict("compliant", ["oidc.amr.absent"]),
    status: "inconclusive",
    differences: [OTHER, "verdict: compliant, expected non-compliant"],
  },
  {
    name: "accepted what is another thing than the scenario describes",
    transport: "direct",
    decision: "accept",
    judged: verdict("non-compliant", []),
    status: "inconclusive",
    differences: [OTHER, "finding oidc.amr.absent: not found, expected", "decision: accept, expected refuse"],
  },
  {
    name: "nothing visible told: never a pass",
    transport: "browser",
    decision: undefined,
    judged: AS_EXPECTED,
    status: "error",
    differences: [
      "nothing that was seen shows whether the target accepted or rejected",
      "seen: the page is empty",
    ],
  },
  {
    name: "no artifact crossed: never a pass",
    transport: "protocol",
    decision: "refuse",
    judged: undefined,
    status: "error",
    differences: ["no artifact crossed, so there was nothing to judge", "seen: the page is empty"],
  },
])("$name → $status", ({ transport, decision, judged, status, differences }) => {
  expect(compare(EXPECT, transport, observation(decision), judged)).toEqual({ status, differences });
});

test("a session of somebody else is the app's failure, whatever crossed", () => {
  const seen = { ...observation("accept"), as: "forged" as const };
  const outcome = compare(EXPECT, "protocol", seen, verdict("compliant", ["oidc.amr.absent"]));
  expect(outcome.status).toBe("fail");
  expect(outcome.differences).toContain("session: forged, expected marker");
});

test("where accepting is right too, so is that something is issued for it", () => {
  const expected: Expectation = { verdict: "none", findings: [], decision: "refuse", orAccept: "always" };
  const seen = { ...observation("accept"), ownTokenRequests: 1 };
  expect(compare(expected, "protocol", seen, verdict("compliant", []))).toEqual({
    status: "pass",
    differences: [],
  });
  expect(compare(expected, "protocol", { ...seen, as: "forged" }, undefined).status).toBe("fail");
  const anybody: Expectation = { ...expected, orAccept: "anybody" };
  expect(compare(anybody, "protocol", { ...seen, as: "forged" }, undefined).status).toBe("pass");
});

// Whoever is to stop before anything is issued: the refusal alone does not show that it did.
test.each<{
  name: string;
  decision: Decision | undefined;
  judged: Verdict | undefined;
  ownTokenRequests: number;
  status: string;
  differences: readonly string[];
}>([
  {
    name: "stopped in time",
    decision: "refuse",
    judged: undefined,
    ownTokenRequests: 0,
    status: "pass",
    differences: [],
  },
  {
    name: "refused after the code was redeemed",
    decision: "refuse",
    judged: verdict("compliant", []),
    ownTokenRequests: 0,
    status: "fail",
    differences: ["verdict: compliant, expected none"],
  },
  {
    name: "refused after the code was sent away in vain",
    decision: "refuse",
    judged: undefined,
    ownTokenRequests: 1,
    status: "fail",
    differences: ["token requests at the issuer of this scenario: 1, expected none"],
  },
  {
    name: "accepted",
    decision: "accept",
    judged: verdict("compliant", []),
    ownTokenRequests: 0,
    status: "fail",
    differences: ["verdict: compliant, expected none", "decision: accept, expected refuse"],
  },
  {
    name: "nothing to be seen",
    decision: undefined,
    judged: undefined,
    ownTokenRequests: 0,
    status: "error",
    differences: [
      "nothing that was seen shows whether the target accepted or rejected",
      "seen: the page is empty",
    ],
  },
])(
  "nothing is to be issued: $name → $status",
  ({ decision, judged, ownTokenRequests, status, differences }) => {
    const expected: Expectation = { verdict: "none", findings: [], decision: "refuse" };
    const seen = { ...observation(decision), ownTokenRequests };
    expect(compare(expected, "protocol", seen, judged)).toEqual({ status, differences });
  },
);
