import type { CollectedCase } from "./collect.ts";
import { type Status, STATUSES } from "./status.ts";

/** One scenario, and what each reader made of it: the row of the summary table. */
export interface ScenarioRow {
  readonly scenario: string;
  readonly title: string;
  readonly channel: string;
  readonly status: Status;
  /** Verdict of the library; several, joined by `|`, if transports disagreed. */
  readonly verdict: string;
  /** Answer of each reader, by its name; missing where it cannot read such an artifact. */
  readonly matchers: Readonly<Record<string, string>>;
  /** Decision of each target but the library, by its name; missing where it was not asked. */
  readonly decisions: Readonly<Record<string, string>>;
}

/** The rows of one channel with the columns that they fill. */
export interface ChannelTable {
  readonly channel: string;
  /** Readers that answered at least once, in order of appearance. */
  readonly readers: readonly string[];
  /** Targets but the library that were asked at least once, in order of appearance. */
  readonly partnerApps: readonly string[];
  readonly rows: readonly ScenarioRow[];
}

/** Sets the readers side by side, one row for each scenario, in the order of the run. */
export function sideBySide(cases: readonly CollectedCase[]): readonly ScenarioRow[] {
  const byScenario = Map.groupBy(cases, ({ info }) => info.scenario);
  return [...byScenario.values()].flatMap((group) => {
    const first = group[0];
    return first === undefined ? [] : [row(first, group)];
  });
}

/** The same rows as one table for each channel, because each has readers of its own. */
export function channelTables(cases: readonly CollectedCase[]): readonly ChannelTable[] {
  const byChannel = Map.groupBy(sideBySide(cases), ({ channel }) => channel);
  return [...byChannel].map(([channel, rows]) => ({
    channel,
    readers: distinct(rows.flatMap(({ matchers }) => Object.keys(matchers))),
    partnerApps: distinct(rows.flatMap(({ decisions }) => Object.keys(decisions))),
    rows,
  }));
}

function row(first: CollectedCase, group: readonly CollectedCase[]): ScenarioRow {
  const { scenario, title, channel } = first.info;
  const verdicts = group.flatMap(({ result }) => (result?.verdict === undefined ? [] : [result.verdict]));
  const states = group.map(({ result }) => result?.outcome.status ?? "pending");
  return {
    scenario,
    title,
    channel,
    status: STATUSES.find((state) => states.includes(state)) ?? "pending",
    verdict: join(verdicts.map(({ verdict }) => verdict)),
    matchers: matcherAnswers(verdicts.map(({ matchers }) => matchers)),
    decisions: decisionsOf(group),
  };
}

function matcherAnswers(
  answers: readonly Readonly<Record<string, string>>[],
): Readonly<Record<string, string>> {
  const names = distinct(answers.flatMap((answer) => Object.keys(answer)));
  const answered = (name: string): readonly string[] => {
    return answers.flatMap((answer) => (answer[name] === undefined ? [] : [answer[name]]));
  };
  return Object.fromEntries(names.map((name) => [name, join(answered(name))]));
}

function decisionsOf(group: readonly CollectedCase[]): Readonly<Record<string, string>> {
  // The library has a column of its own: what it judged.
  const asked = group.filter(({ info }) => info.target !== "library");
  const byTarget = Map.groupBy(asked, ({ info }) => info.target);
  return Object.fromEntries(
    [...byTarget].map(([name, cases]) => [
      name,
      join(cases.map(({ result }) => result?.observation?.decision)),
    ]),
  );
}

function join(values: readonly (string | undefined)[]): string {
  return distinct(values.map((value) => value ?? "?")).join("|");
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
