import type { Verdict } from "../../src/index.ts";
import type { Expectation, Transport } from "../scenario/schema.ts";
import type { Observation } from "../target/observation.ts";
import type { Outcome } from "./events.ts";

/** Sets what was seen and judged against what the scenario demands. */
export function compare(
  expect: Expectation,
  transport: Transport,
  observation: Observation,
  verdict: Verdict | undefined,
): Outcome {
  if (expect.verdict === "none") return compareStopped(expect, observation, verdict);
  if (verdict === undefined)
    return error("no artifact crossed, so there was nothing to judge", observation.signals);
  const decides = transport !== "direct";
  if (decides && observation.decision === undefined) {
    return error("the target showed neither who is signed in nor a refusal", observation.signals);
  }
  const differences = [
    ...wordDifference("verdict", verdict.verdict, expect.verdict),
    ...findingDifferences(verdict, expect.findings),
    ...matcherDifferences(verdict, expect.matchers ?? {}),
    ...(decides ? wordDifference("decision", observation.decision, expect.decision) : []),
  ];
  return { status: differences.length === 0 ? "pass" : "fail", differences };
}

/** Whoever has to stop before anything is issued must not have asked for tokens either. */
function compareStopped(
  expect: Expectation,
  { decision, signals, ownTokenRequests = 0 }: Observation,
  verdict: Verdict | undefined,
): Outcome {
  if (decision === undefined) {
    return error("the target showed neither who is signed in nor a refusal", signals);
  }
  const differences = [
    ...wordDifference("verdict", verdict?.verdict ?? "none", "none"),
    ...wordDifference("decision", decision, expect.decision),
    ...(ownTokenRequests === 0 ? [] : ["the code was sent to the token endpoint, expected to stay unsent"]),
  ];
  return { status: differences.length === 0 ? "pass" : "fail", differences };
}

function error(message: string, signals: readonly string[]): Outcome {
  return { status: "error", differences: [message, ...signals.map((signal) => `seen: ${signal}`)] };
}

function wordDifference(
  what: string,
  found: string | undefined,
  wanted: string | undefined,
): readonly string[] {
  return found === wanted ? [] : [`${what}: ${found ?? "none"}, expected ${wanted ?? "none"}`];
}

function findingDifferences(verdict: Verdict, wanted: readonly string[]): readonly string[] {
  const found = new Set(verdict.findings.map(({ rule }) => rule));
  const missing = wanted.filter((rule) => !found.has(rule));
  const surplus = verdict.findings.filter(({ rule }) => !wanted.includes(rule));
  return [
    ...missing.map((rule) => `finding ${rule}: not found, expected`),
    ...surplus.map(({ rule, message }) => `finding ${rule}: found, not expected (${message})`),
  ];
}

function matcherDifferences(
  verdict: Verdict,
  wanted: NonNullable<Expectation["matchers"]>,
): readonly string[] {
  const found: Readonly<Record<string, string>> = verdict.matchers;
  return Object.entries(wanted).flatMap(([name, answer]) =>
    wordDifference(`matcher ${name}`, found[name], answer),
  );
}
