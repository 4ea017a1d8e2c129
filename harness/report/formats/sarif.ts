import type { RuleNote, RunEvent } from "../../run/events.ts";
import { decisionLines, evidenceLine } from "../case-words.ts";
import { type CollectedCase, type CollectedRun, collect } from "../collect.ts";
import { jsonText } from "../printable.ts";
import type { CreateReporter } from "../reporter.ts";
import { retriedLines } from "../retried.ts";
import { isAmiss } from "../status.ts";

type Finding = NonNullable<NonNullable<CollectedCase["result"]>["verdict"]>["findings"][number];

/** What of the outcome itself is a result: no rule of the judge says it. */
const OUTCOMES: readonly RuleNote[] = [
  {
    id: "outcome.fail",
    severity: "error",
    title: "A case did not come out as its scenario demands",
    remedy: "Compare what was seen with what the scenario expects.",
    references: ["the scenario's references"],
  },
  {
    id: "outcome.error",
    severity: "warning",
    title: "A case stayed undecided: nothing that was seen shows a decision",
    remedy:
      "Look at what was seen: the target may be down, or what it shows tells neither acceptance nor rejection.",
    references: ["the scenario's references"],
  },
  {
    id: "outcome.inconclusive",
    severity: "warning",
    title: "A case stayed undecided: what the target did proves nothing",
    remedy: "Look at what is missing: its control has to pass, and the fault has to reach the target.",
    references: ["the scenario's references"],
  },
];

/**
 * SARIF 2.1.0: one result for each finding, and one for each case that did not pass.
 *
 * A finding that its scenario demands is of kind `pass`, so that a code scanner raises no alarm for it.
 */
export const sarifReporter: CreateReporter = (output) => {
  const notes: RuleNote[] = [];
  const fold = collect((run) => {
    output.write(`${jsonText(log(run, [...notes, ...OUTCOMES]), 2)}\n`);
  });
  return (event: RunEvent) => {
    if (event.type === "run-start") notes.push(...event.rules);
    fold(event);
  };
};

function log(run: CollectedRun, notes: readonly RuleNote[]) {
  const results = run.cases.flatMap(resultsOf);
  const used = notes.filter(({ id }) => results.some(({ ruleId }) => ruleId === id));
  const indexes = new Map(used.map(({ id }, index) => [id, index]));
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "mfa-harness", rules: used.map(descriptor) } },
        invocations: [
          {
            executionSuccessful: !run.interrupted,
            startTimeUtc: utc(run.startedAt),
            endTimeUtc: utc(run.endedAt),
          },
        ],
        results: results.map((result) => {
          const ruleIndex = indexes.get(result.ruleId);
          return ruleIndex === undefined ? result : { ...result, ruleIndex };
        }),
      },
    ],
  };
}

function descriptor({ id, severity, title, remedy, references, url }: RuleNote) {
  return {
    id,
    shortDescription: { text: title },
    help: { text: `${remedy} (${references.join(", ")})` },
    ...(url === undefined ? {} : { helpUri: url }),
    defaultConfiguration: { level: levelOf(severity) },
  };
}

function levelOf(severity: RuleNote["severity"]): "error" | "warning" | "note" {
  return severity === "advisory" ? "note" : severity;
}

function resultsOf(one: CollectedCase) {
  const { result } = one;
  if (result === undefined) return [];
  const findings = result.verdict?.findings.map((finding) => findingResult(one, finding)) ?? [];
  return [...findings, ...outcomeResults(one), ...retriedResults(one)];
}

function retriedResults(one: CollectedCase) {
  return retriedLines(one.result).map((text) => ({
    ruleId: "outcome.retried",
    kind: "informational",
    level: "none",
    message: { text },
    ...place(one, text),
  }));
}

function findingResult(one: CollectedCase, { rule, severity, at, message, fix }: Finding) {
  const expected = one.info.expect.findings.includes(rule);
  return {
    ruleId: rule,
    ...(expected ? { kind: "pass", level: "none" } : { kind: "fail", level: levelOf(severity) }),
    message: { text: `${message} (${at})${fix === undefined ? "" : `. ${fix}`}` },
    ...place(one, `${rule} ${at}`),
  };
}

function outcomeResults(one: CollectedCase) {
  const outcome = one.result?.outcome;
  if (outcome === undefined || !isAmiss(outcome.status)) return [];
  const ruleId = `outcome.${outcome.status}`;
  const level = outcome.status === "fail" ? "error" : "warning";
  return [
    {
      ruleId,
      kind: "fail",
      level,
      message: { text: outcome.differences.join("; ") },
      ...seenOf(one),
      ...place(one, ruleId),
    },
  ];
}

/** What was seen, and the files that show it. */
function seenOf({ result }: CollectedCase) {
  const { decision, confidence, as } = result?.observation ?? {};
  const attachments = (result?.evidence ?? []).map((file) => ({
    artifactLocation: { uri: uriOf(file.path) },
    description: { text: evidenceLine(file) },
  }));
  const told = result === undefined ? [] : decisionLines(result);
  return {
    ...(attachments.length === 0 ? {} : { attachments }),
    properties: { decision, confidence, as, told },
  };
}

function uriOf(path: string): string {
  return encodeURI(path.toWellFormed().replaceAll("\\", "/")).replaceAll("#", "%23").replaceAll("?", "%3F");
}

function place({ info }: CollectedCase, what: string) {
  const logicalLocations = [{ fullyQualifiedName: info.id, kind: "member" }];
  const file =
    info.file === undefined ? {} : { physicalLocation: { artifactLocation: { uri: uriOf(info.file) } } };
  return {
    locations: [{ ...file, logicalLocations }],
    partialFingerprints: { "caseAndFinding/v1": `${info.id} ${what}` },
  };
}

function utc(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
