import type { CaseInfo, CaseResult, RunEvent } from "../../harness/run/events.ts";
import type { Verdict } from "../../src/index.ts";

const VERDICT: Verdict = {
  verdict: "non-compliant",
  reason: 'amr does not contain "mfa".',
  channel: "oidc",
  artifact: "id-token",
  policy: "oidc",
  signature: "verified",
  findings: [
    { rule: "oidc.amr.mfa-absent", severity: "error", at: "/claims/amr", message: 'amr is ["<pwd>"]' },
  ],
  evidence: undefined,
  matchers: { strict: "fail", "ms-cmdlet": "pass", "ms-mca": "fail" },
  disagreement: ["ms-cmdlet"],
  unchecked: [],
};

function info(scenario: string, transport: CaseInfo["transport"], target: string): CaseInfo {
  return {
    id: `${scenario}/${transport}/${target}`,
    scenario,
    title: `Title of ${scenario} <b>`,
    why: "because & so",
    references: ["PSR-036"],
    severity: "high",
    covers: ["failures/F-12"],
    channel: "oidc",
    transport,
    target,
    expect: { verdict: "non-compliant", findings: ["oidc.amr.mfa-absent"], decision: "refuse" },
  };
}

function result(outcome: CaseResult["outcome"], decision?: "accept" | "refuse"): CaseResult {
  const observation = { decision, signals: ["the page says <no>"], exchanges: [] };
  return { outcome, observation, verdict: VERDICT, durationMilliseconds: 12 };
}

const CASES = [
  info("first", "direct", "library"),
  info("first", "protocol", "relying-party"),
  info("second", "protocol", "relying-party"),
  info("third", "protocol", "relying-party"),
];

/** A run of four cases: one passed, one failed, one could not be told, one was not reached. */
export const INTERRUPTED_RUN: readonly RunEvent[] = [
  {
    type: "run-start",
    format: 1,
    at: 1_767_225_600,
    plan: "a-plan",
    rules: [
      {
        id: "oidc.amr.mfa-absent",
        severity: "error",
        title: "amr does not contain mfa",
        remedy: "Say mfa.",
        references: ["PSR-036", "RFC 8176 §2"],
        url: "https://www.rfc-editor.org/rfc/rfc8176#section-2",
      },
    ],
    cases: CASES,
    notRun: 3,
  },
  { type: "case-start", id: "first/direct/library" },
  { type: "case-start", id: "first/protocol/relying-party" },
  { type: "case-end", id: "first/direct/library", result: result({ status: "pass", differences: [] }) },
  {
    type: "case-end",
    id: "first/protocol/relying-party",
    result: result({ status: "fail", differences: ["decision: accept, expected refuse"] }, "accept"),
  },
  { type: "case-start", id: "second/protocol/relying-party" },
  {
    type: "case-end",
    id: "second/protocol/relying-party",
    result: result({ status: "error", differences: ["the target showed nothing"] }),
  },
  { type: "run-end", at: 1_767_225_603, interrupted: true },
];

/** Text that begins or ends something in one format or another. */
const HOSTILE = "<b>&\"']]>|`#::%0A\r\n\u001B[31m - ok 9 \\# SKIP @all\u0000";

/** A run whose every text is one that a format may stumble over. */
export const HOSTILE_RUN: readonly RunEvent[] = INTERRUPTED_RUN.map((event): RunEvent => {
  if (event.type === "run-start") {
    return {
      ...event,
      cases: event.cases.map((one) => ({ ...one, title: HOSTILE, why: HOSTILE, file: "a b#c.yaml" })),
    };
  }
  if (event.type !== "case-end") return event;
  const { outcome } = event.result;
  const differences = outcome.differences.map(() => HOSTILE);
  return { ...event, result: { ...event.result, outcome: { ...outcome, differences } } };
});

/** A run in which a browser case did not pass, and all that can be known of it is known. */
export const EVIDENT_RUN: readonly RunEvent[] = INTERRUPTED_RUN.map((event): RunEvent => {
  if (event.type !== "case-end" || event.result.outcome.status !== "fail") return event;
  const observation = {
    decision: "accept",
    confidence: "medium",
    as: "forged",
    signals: ["user: /portal names mallory, who did not sign in"],
    exchanges: [],
  } as const;
  const lastPage = { url: "http://127.0.0.1:1/portal", status: 200, text: "Hello <mallory>" };
  const evidence = [
    { kind: "screenshot", path: "kept/first #1/browser-1-page-1.png", attempt: 1 },
    { kind: "trace", path: "kept/first #1/browser-1-trace.zip", attempt: 1 },
  ] as const;
  return { ...event, result: { ...event.result, observation, lastPage, evidence } };
});
