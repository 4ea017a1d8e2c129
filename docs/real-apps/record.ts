import { z } from "zod";
import type { Recording } from "../../harness/report/replay.ts";
import type { CaseInfo, CaseResult } from "../../harness/run/events.ts";

const ids = z.array(z.string()).describe("Ids of scenarios, in alphabetical order");

/** What a run against a real app told, as it is kept beside this file. */
export const realAppRecordSchema = z.strictObject({
  app: z.string(),
  version: z.string(),
  recorded: z.iso.date(),
  cases: z.int(),
  passed: z.int(),
  letIn: ids.describe("It let in whom a correct app refuses, as who they are"),
  letInAsOther: ids.describe("The same under a name that is not of who signed in"),
  wronglyRefused: ids.describe("It refused whom a correct app lets in"),
  refusedOtherwise: ids.describe("It refused where asking for a new sign-in would help, or the reverse"),
  skipped: ids.optional().describe("They do not apply to what it does, or another one tells the same"),
  notTold: z
    .array(z.strictObject({ scenario: z.string(), why: z.string() }))
    .describe("Nothing could be concluded"),
});

/** What a run against a real app told. */
export type RealAppRecord = Readonly<z.output<typeof realAppRecordSchema>>;

/** Where a case that did not pass belongs. */
type Place = "letIn" | "letInAsOther" | "wronglyRefused" | "refusedOtherwise" | "skipped" | "notTold";

/** Whether what the scenario is about never crossed, such as a refreshed token that the app did not ask for. */
function isUnlike({ expect }: CaseInfo, { verdict }: CaseResult): boolean {
  const found = new Set(verdict?.findings.map(({ rule }) => rule));
  return (verdict?.verdict ?? "none") !== expect.verdict || expect.findings.some((rule) => !found.has(rule));
}

/** Only what was seen counts: where the fault never came to the app, it has neither passed nor failed. */
function placeOf(info: CaseInfo, result: CaseResult): Place {
  const { outcome, observation } = result;
  const { decision, as } = observation ?? {};
  const wanted = info.expect.decision;
  if (outcome.status === "skip") return "skipped";
  if (outcome.status !== "fail" || decision === undefined || isUnlike(info, result)) return "notTold";
  if (decision === "accept" && as === "forged") return "letInAsOther";
  if (decision === wanted) return "notTold";
  if (decision === "accept") return "letIn";
  return wanted === "accept" ? "wronglyRefused" : "refusedOtherwise";
}

/** What kept a case from being told, without what differs from run to run. */
function whyOf({ outcome }: CaseResult): string {
  return (outcome.differences[0] ?? "").replaceAll(/127\.0\.0\.1:\d+/g, "the app");
}

interface Placed {
  readonly scenario: string;
  readonly place: Place;
  readonly why: string;
}

/**
 * Folds the event stream of a run into what it told of one app.
 *
 * @param app name of the target
 * @param version of the software, as its package names it
 * @throws TypeError when the run did not come to its end
 */
export function recordOf(app: string, version: string, { start, ends, end }: Recording): RealAppRecord {
  const cases = new Map(start.cases.filter(({ target }) => target === app).map((one) => [one.id, one]));
  const own = ends.filter(({ id }) => cases.has(id));
  if (end === undefined || own.length !== cases.size) throw new TypeError(`the run of ${app} did not end`);
  const placed = own.flatMap(({ id, result }): readonly Placed[] => {
    const info = cases.get(id);
    if (info === undefined || result.outcome.status === "pass") return [];
    return [{ scenario: info.scenario, place: placeOf(info, result), why: whyOf(result) }];
  });
  const sorted = placed.toSorted((one, other) => (one.scenario < other.scenario ? -1 : 1));
  const at = (place: Place): string[] =>
    sorted.filter((one) => one.place === place).map(({ scenario }) => scenario);
  return {
    app,
    version,
    recorded: new Date(end.at * 1000).toISOString().slice(0, 10),
    cases: own.length,
    passed: own.length - placed.length,
    letIn: at("letIn"),
    letInAsOther: at("letInAsOther"),
    wronglyRefused: at("wronglyRefused"),
    refusedOtherwise: at("refusedOtherwise"),
    skipped: at("skipped"),
    notTold: sorted
      .filter(({ place }) => place === "notTold")
      .map(({ scenario, why }) => ({ scenario, why })),
  };
}
