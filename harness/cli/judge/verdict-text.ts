import { type Finding, rules, type Verdict } from "../../../src/index.ts";
import { printable } from "../../report/printable.ts";
import { referencesOf } from "./references.ts";

/** A verdict, and where in the input its artifact was found: the empty string when it was all of it. */
export interface Judged {
  readonly at: string;
  readonly verdict: Verdict;
}

/** The verdicts as JSON, each finding with what it rests on: one object, or an array of several. */
export function verdictsJson(judged: readonly Judged[], now: number): string {
  const all = judged.map(({ at, verdict }) => ({
    ...verdict,
    findings: verdict.findings.map((finding) => ({ ...finding, references: referencesOf(finding.rule) })),
    foundAt: at,
    judgedAt: now,
  }));
  return `${JSON.stringify(all.length === 1 ? all[0] : all, undefined, 2)}\n`;
}

/** The verdicts for people, one after the other, each under the place where its artifact was found. */
export function verdictsText(judged: readonly Judged[], now: number): string {
  return judged
    .map(({ at, verdict }, index) => {
      const place = at === "" ? [] : [`found at ${printable(at)}`];
      const number = judged.length === 1 ? [] : [`${index + 1} of ${judged.length}`];
      const head = [...number, ...place].join(", ");
      return `${head === "" ? "" : `${head}\n`}${verdictText(verdict, now)}`;
    })
    .join("\n");
}

/** A verdict for people: the word, why, what the artifact says, how each reader answers, what to change. */
function verdictText(verdict: Verdict, now: number): string {
  const judgedAt = instant(now);
  return [
    `${verdict.verdict.toUpperCase()}  ${verdict.artifact}, policy ${verdict.policy}, judged at ${judgedAt}`,
    verdict.reason,
    "",
    `signature    ${signatureText(verdict.signature)}`,
    ...evidenceLines(verdict),
    ...readerLines(verdict),
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

function readerLines({ verdict, matchers, disagreement }: Verdict): readonly string[] {
  const answers = Object.entries(matchers).map(([name, answer]) => `${name}: ${answer}`);
  const would = verdict === "compliant" ? "would not let it pass" : "would let it pass";
  return [
    ...(answers.length === 0 ? [] : [`readers      ${answers.join(", ")}`]),
    ...(disagreement.length === 0 ? [] : [`disagree     ${disagreement.join(", ")} ${would}`]),
  ];
}

function evidenceLines({ evidence }: Verdict): readonly string[] {
  if (evidence === undefined) return [];
  const { issuer, subject, authenticatedAt, statements } = evidence;
  const when = authenticatedAt === undefined ? undefined : instant(authenticatedAt);
  const facts = { issuer, subject, "signed in": when };
  return [
    ...Object.entries(facts).flatMap(([name, value]) =>
      value === undefined ? [] : [`${name.padEnd(12)} ${value}`],
    ),
    ...statements.map(({ at, value }) => `says         ${at} = ${JSON.stringify(value)}`),
  ];
}

function findingLines({ rule, severity, at, message, fix }: Finding): readonly string[] {
  const known = rules.find(({ id }) => id === rule);
  return [
    `${severity}: ${rule}${at === "" ? "" : ` at ${at}`}`,
    `  ${message}`,
    ...(known === undefined ? [] : [`  change: ${fix ?? known.remedy}`]),
    ...referencesOf(rule).map(({ text, url }) => `  see: ${text} ${url ?? ""}`.trimEnd()),
  ];
}

/** A time as ISO 8601 has it in UTC, put together by hand: `toISOString` first looks up the zone of the machine. */
function instant(seconds: number): string {
  const date = new Date(seconds * 1000);
  const day = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()].map(padded).join("-");
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(padded).join(":");
  return `${day}T${time}.${String(date.getUTCMilliseconds()).padStart(3, "0")}Z`;
}

function padded(number: number): string {
  return String(number).padStart(2, "0");
}
