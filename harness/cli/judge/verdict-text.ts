import { type Finding, type FoundArtifact, rules, type Verdict } from "../../../src/index.ts";
import { jsonText, printable } from "../../report/printable.ts";
import { referencesOf } from "./references.ts";
import { withoutSecrets } from "../secrets.ts";

/** A verdict, and the artifact that it is about. */
export interface Judged {
  readonly found: FoundArtifact;
  readonly verdict: Verdict;
}

/** The verdicts on what a file holds, and the moment judged at, seconds since the epoch. */
export interface FileVerdicts {
  readonly file: string;
  readonly judged: readonly Judged[];
  readonly now: number;
}

/** The verdicts as JSON, each finding with what it rests on: of one file one object, or an array of several; of several files always an array. */
export function verdictsJson(files: readonly FileVerdicts[]): string {
  const all = files.flatMap(({ file, judged, now }) =>
    judged.map(({ found, verdict }) => ({
      ...verdict,
      findings: verdict.findings.map((finding) => ({ ...finding, references: referencesOf(finding.rule) })),
      file,
      foundAt: placeOf(found),
      judgedAt: now,
    })),
  );
  return `${jsonText(files.length === 1 && all.length === 1 ? all[0] : all, 2)}\n`;
}

/** Where an artifact was found; a member may itself be called by a token. */
function placeOf({ at }: FoundArtifact): string {
  return withoutSecrets(at);
}

/** The verdicts for people, one after the other, each under the place where its artifact was found. */
export function verdictsText(judged: readonly Judged[], now: number): string {
  return judged
    .map(({ found, verdict }, index) => {
      const at = placeOf(found);
      const place = at === "" ? [] : [`found at ${printable(at)}`];
      const number = judged.length === 1 ? [] : [`${index + 1} of ${judged.length}`];
      const head = [...number, ...place].join(", ");
      return `${head === "" ? "" : `${head}\n`}${verdictText(verdict, found, now)}`;
    })
    .join("\n");
}

/** A verdict for people: the word, why, what the artifact says, how each reader answers, what to change. */
function verdictText(verdict: Verdict, { artifact }: FoundArtifact, now: number): string {
  const judgedAt = instant(now);
  return [
    `${verdict.verdict.toUpperCase()}  ${verdict.artifact}, policy ${verdict.policy}, judged at ${judgedAt}`,
    verdict.reason,
    "",
    ...readingLines(verdict),
    `signature    ${signatureText(verdict.signature, artifact)}`,
    ...evidenceLines(verdict),
    ...seenLines(verdict),
    ...readerLines(verdict),
    ...(verdict.unchecked.length === 0 ? [] : [`not checked  ${verdict.unchecked.join(", ")}`]),
    "",
    ...(verdict.findings.length === 0 ? ["no findings"] : verdict.findings.flatMap(findingLines)),
    "",
  ]
    .map(printable)
    .join("\n");
}

/** What each plausible reader makes of it, where the reader was guessed. */
function readingLines({ readings = [] }: Verdict): readonly string[] {
  return readings.map(({ option, verdict, reason }, index) => {
    return (index === 0 ? "if read" : "").padEnd(13) + `with ${option}: ${verdict}. ${reason}`;
  });
}

function signatureText(signature: Verdict["signature"], artifact: FoundArtifact["artifact"]): string {
  if (typeof artifact === "object" && "claims" in artifact) return "not checked: a decoded token bears none";
  const texts = {
    verified: "verified",
    failed: "not valid; nothing in the artifact was read",
    unchecked: "not checked: no keys were given (--keys)",
  };
  return texts[signature];
}

/** Which readers see each value that says MFA: what one of them accepts, another may not find. */
function seenLines({ seenBy = [] }: Verdict): readonly string[] {
  return seenBy.map(({ place, value, readers, otherReaders, contested = [] }, index) => {
    const said = [
      ...(readers.length === 0 ? [] : [`seen by ${readers.join(", ")}`]),
      ...(otherReaders.length === 0 ? [] : [`not seen by ${otherReaders.join(", ")}`]),
      ...(contested.length === 0 ? [] : [`Microsoft's pages disagree about ${contested.join(", ")}`]),
    ];
    return `${(index === 0 ? "MFA" : "").padEnd(13)}${JSON.stringify(value)} in ${place}: ${said.join("; ")}`;
  });
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
