import type { Verdict } from "../../src/index.ts";
import type { Expectation, Transport } from "../scenario/schema.ts";
import type { Observation } from "../target/observation.ts";
import { CONTRADICTION } from "../target/settle.ts";
import { isRightDecision, letsInSomebodyElse } from "./decisions.ts";
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
  // What is only handed over decides nothing, unless whoever it was handed to is a reader of its own.
  const isHandedOver = transport === "direct";
  const decides = !isHandedOver || (observation.decision !== undefined && expect.decision !== undefined);
  if (!isHandedOver && observation.decision === undefined) return undecided(observation.signals);
  const ofVerdict = [
    ...wordDifference("verdict", verdict.verdict, expect.verdict),
    ...findingDifferences(verdict, expect.findings),
    ...matcherDifferences(verdict, expect.matchers ?? {}),
  ];
  const ofDecision = decides ? decisionDifferences(observation, expect) : [];
  // Where a target decides, the verdict only tells what it was sent; the judge itself is what is tested otherwise.
  if (observation.decision !== undefined && ofVerdict.length > 0 && !letsInSomebodyElse(observation)) {
    return { status: "inconclusive", differences: [OTHER_THAN_DESCRIBED, ...ofVerdict, ...ofDecision] };
  }
  const differences = [...ofVerdict, ...ofDecision];
  return { status: differences.length === 0 ? "pass" : "fail", differences };
}

const OTHER_THAN_DESCRIBED =
  "the judge does not find in what crossed what the scenario describes, so it proves nothing of the target";

/** A session of somebody else's is no acceptance of whoever signed in. */
function decisionDifferences(observation: Observation, expect: Expectation): readonly string[] {
  const { decision, lastPage } = observation;
  const mayBeAnybody = expect.orAccept === "anybody";
  const whose = letsInSomebodyElse(observation) && !mayBeAnybody ? "forged" : "marker";
  const { neverShown } = expect;
  const isShown = neverShown !== undefined && lastPage?.html.includes(neverShown) === true;
  return [
    ...(isRightDecision(observation, expect) ? [] : wordDifference("decision", decision, expect.decision)),
    ...wordDifference("session", whose, "marker"),
    ...(isShown ? [`last page: it contains ${neverShown}, expected nowhere`] : []),
  ];
}

/** Whoever has to stop before anything is issued must not have asked for tokens either. */
function compareStopped(
  expect: Expectation,
  observation: Observation,
  verdict: Verdict | undefined,
): Outcome {
  const { decision, signals, ownTokenRequests = 0 } = observation;
  if (decision === undefined) return undecided(signals);
  // Where accepting is right too, so is whatever it takes to accept.
  const mayGoOn = decision === "accept" && isRightDecision(observation, expect);
  const differences = [
    ...(mayGoOn ? [] : wordDifference("verdict", verdict?.verdict ?? "none", "none")),
    ...decisionDifferences(observation, expect),
    ...(ownTokenRequests === 0 || mayGoOn
      ? []
      : [`token requests at the issuer of this scenario: ${ownTokenRequests}, expected none`]),
  ];
  return { status: differences.length === 0 ? "pass" : "fail", differences };
}

/** What nothing visible told, or what speaks on both sides. */
function undecided(signals: readonly string[]): Outcome {
  return error(signals.includes(CONTRADICTION) ? ON_BOTH_SIDES : UNSEEN, signals);
}

const UNSEEN = "nothing that was seen shows whether the target accepted or rejected";

const ON_BOTH_SIDES = "what was seen speaks for acceptance and against it, so that it shows neither";

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
