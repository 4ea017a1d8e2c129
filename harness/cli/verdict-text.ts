import { type Finding, rules, type Verdict } from "../../src/index.ts";
import { printable } from "../report/printable.ts";

/** A verdict for people: the word, why, what the artifact says, how each reader answers, what to change. */
export function verdictText(verdict: Verdict, now: number): string {
  const judgedAt = new Date(now * 1000).toISOString();
  return [
    `${verdict.verdict.toUpperCase()}  ${verdict.artifact}, policy ${verdict.policy}, judged at ${judgedAt}`,
    verdict.reason,
    "",
    `signature    ${signatureText(verdict.signature)}`,
    ...evidenceLines(verdict),
    `readers      ${Object.entries(verdict.matchers)
      .map(([name, answer]) => `${name}: ${answer}`)
      .join(", ")}`,
    ...(verdict.unchecked.length === 0 ? [] : [`not checked  ${verdict.unchecked.join(", ")}`]),
    "",
    ...(verdict.findings.length === 0 ? ["no findings"] : verdict.findings.flatMap(findingLines)),
    "",
  ]
    .map(printable)
    .join("\n");
}

function signatureText(signature: Verdict["signature"]): string {
  const texts = {
    verified: "verified",
    failed: "not valid; nothing in the artifact was read",
    unchecked: "not checked: no keys were given (--keys)",
  };
  return texts[signature];
}

function evidenceLines({ evidence }: Verdict): readonly string[] {
  if (evidence === undefined) return [];
  const { issuer, subject, authenticatedAt, statements } = evidence;
  const when = authenticatedAt === undefined ? undefined : new Date(authenticatedAt * 1000).toISOString();
  const facts = { issuer, subject, "signed in": when };
  return [
    ...Object.entries(facts).flatMap(([name, value]) =>
      value === undefined ? [] : [`${name.padEnd(12)} ${value}`],
    ),
    ...statements.map(({ at, value }) => `says         ${at} = ${JSON.stringify(value)}`),
  ];
}

function findingLines({ rule, severity, at, message }: Finding): readonly string[] {
  const known = rules.find(({ id }) => id === rule);
  return [
    `${severity}: ${rule}${at === "" ? "" : ` at ${at}`}`,
    `  ${message}`,
    ...(known === undefined ? [] : [`  change: ${known.remedy}`, `  see: ${known.reference}`]),
  ];
}
