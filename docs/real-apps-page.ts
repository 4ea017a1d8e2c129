import type { Scenario } from "../harness/scenario/schema.ts";
import { escapeMarkdown, NOTE } from "./markdown.ts";
import type { RealAppRecord } from "./real-apps/record.ts";
import { REMARKS } from "./real-apps/remarks.ts";
import type { Remark } from "./real-apps/remarks/remark.ts";

const SEVERITIES = ["critical", "high", "medium", "low", "none"];

/** One scenario that an app did not pass, as the page shows it. */
interface Row {
  readonly severity: string;
  readonly id: string;
  readonly title: string;
  readonly remark: string;
  readonly isNoHole: boolean;
}

function line(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function remarkOn(app: string, id: string): Pick<Row, "remark" | "isNoHole"> {
  const own: readonly Remark[] = REMARKS[app] ?? [];
  const found = own.find(({ scenarios }) => scenarios.includes(id));
  if (found === undefined) return { remark: "", isNoHole: false };
  const isNoHole = found.isNoHole === true;
  return { remark: isNoHole ? `No hole. ${found.remark}` : found.remark, isNoHole };
}

/** The rows of some scenarios, the worst first. */
function rowsOf(app: string, ids: readonly string[], scenarios: readonly Scenario[]): readonly Row[] {
  const rows = ids.map((id): Row => {
    const { title = "", severity = "none" } = scenarios.find((one) => one.id === id) ?? {};
    return { severity, id, title, ...remarkOn(app, id) };
  });
  return rows.toSorted((one, other) => SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity));
}

function link(id: string): string {
  return `[${id}](catalogue.md#${id})`;
}

function rowsTable(rows: readonly Row[]): string {
  return table(
    ["severity", "scenario", "what", "remark"],
    rows.map(({ severity, id, title, remark }) => [
      severity,
      link(id),
      escapeMarkdown(title),
      escapeMarkdown(remark),
    ]),
  );
}

/** How many there are of each severity, e.g. `2 critical, 11 high`. */
function bySeverity(rows: readonly Row[]): string {
  const told = SEVERITIES.flatMap((severity) => {
    const count = rows.filter((row) => row.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}`];
  });
  return told.length === 0 ? "none" : told.join(", ");
}

function summary(records: readonly RealAppRecord[], scenarios: readonly Scenario[]): string {
  const rows = records.map((record) => {
    const { app, version, cases, passed, letIn, letInAsOther, wronglyRefused, notTold } = record;
    const taken = rowsOf(app, [...letIn, ...letInAsOther], scenarios);
    return [
      `[${app}](#${app})`,
      escapeMarkdown(version),
      String(cases),
      String(passed),
      bySeverity(taken),
      bySeverity(taken.filter(({ isNoHole }) => !isNoHole)),
      String(wronglyRefused.length),
      String(notTold.length),
    ];
  });
  const head = [
    "app",
    "version",
    "cases",
    "passed",
    "accepted",
    "… but for those that are no hole",
    "wrongly rejected",
    "undecided",
  ];
  return table(head, rows);
}

function part(title: string, app: string, ids: readonly string[], scenarios: readonly Scenario[]) {
  return ids.length === 0 ? [] : [title, rowsTable(rowsOf(app, ids, scenarios))];
}

function section(record: RealAppRecord, scenarios: readonly Scenario[]): readonly string[] {
  const { app, version, recorded, letIn, letInAsOther, wronglyRefused, refusedOtherwise, notTold } = record;
  const untold = notTold.map(({ scenario, why }) => [
    link(scenario),
    escapeMarkdown(why),
    escapeMarkdown(remarkOn(app, scenario).remark),
  ]);
  return [
    `## ${app}`,
    `${escapeMarkdown(version)}, recorded on ${recorded}.`,
    ...part("It accepted what it should reject:", app, letIn, scenarios),
    ...part("It signed somebody in under another name:", app, letInAsOther, scenarios),
    ...part("It rejected what it should accept:", app, wronglyRefused, scenarios),
    ...part(
      "It rejected for good where a new sign-in would help, or the reverse:",
      app,
      refusedOtherwise,
      scenarios,
    ),
    ...(untold.length === 0
      ? []
      : ["Nothing could be concluded:", table(["scenario", "why", "remark"], untold)]),
  ];
}

/**
 * The page of the real apps that were run through the suite.
 *
 * @param records what is kept of the runs
 * @param configuration text of the configuration file that is shown as an example
 */
export function realAppsPage(
  records: readonly RealAppRecord[],
  scenarios: readonly Scenario[],
  configuration: string,
): string {
  return [
    "# What real apps let through",
    NOTE,
    "Portals on real software, each set up as a careful administrator would: MFA is demanded, and everything is checked that the product offers to check. `mfa-harness run` took each through every scenario of its channel that it can be taken through. A row is no verdict on a product: the remark says where it is a matter of taste, of configuration or of the specification.",
    summary(records, scenarios),
    "`node test/real-clients/record.ts`, with a folder of `test/real-clients/apps/` behind it or none for all, runs them anew; the tests fail when an app does otherwise than is recorded. The configuration of one, complete:",
    `\`\`\`yaml\n${configuration.trimEnd()}\n\`\`\``,
    ...records.flatMap((record) => section(record, scenarios)),
    "",
  ].join("\n\n");
}
