import type { Policy } from "../../../../src/policy.ts";
import type { Reading } from "../../../../src/read/reading.ts";
import { readSamlResponse } from "../../../../src/read/saml-response.ts";
import { samlRules } from "../../../../src/rules/saml/index.ts";
import { samlReadingRules } from "../../../../src/rules/saml/reading.ts";
import type { RuleInfo } from "../../../../src/rule.ts";

/** The ids of what was found, the reading's signature, and what a service provider would make of it. */
export interface Findings {
  readonly ids: readonly string[];
  readonly signature: Reading<unknown>["signature"];
  readonly answer: "reject" | "undecided" | "accept with mfa" | "accept without mfa";
}

function answerOf(found: readonly RuleInfo[]): Findings["answer"] {
  if (found.some(({ verdict }) => verdict === "inconclusive")) return "undecided";
  const errors = found.filter(({ severity }) => severity === "error");
  if (errors.some(({ about }) => about === "message")) return "reject";
  return errors.length > 0 ? "accept without mfa" : "accept with mfa";
}

/** Reads a response and runs every rule over it, without the weighing that the judge does afterwards. */
export async function findingsOf(xml: string | Uint8Array, policy: Policy, now: number): Promise<Findings> {
  const { artifact, signature, obstacles } = await readSamlResponse(xml, policy);
  const found: RuleInfo[] = obstacles.flatMap(({ kind }) =>
    samlReadingRules.filter(({ obstacle }) => obstacle === kind),
  );
  for (const rule of artifact === undefined ? [] : samlRules) {
    if (artifact !== undefined && (rule.check(artifact, policy, now) ?? []).length > 0) found.push(rule);
  }
  return { ids: found.map(({ id }) => id), signature, answer: answerOf(found) };
}
