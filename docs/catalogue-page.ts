import type { Scenario } from "../harness/scenario/schema.ts";
import { escapeMarkdown, linkedReferences, NOTE } from "./markdown.ts";

function entry({ id, title, why, severity, control, references, covers, expect }: Scenario): string[] {
  const facts = [
    `severity ${severity ?? "not stated"}`,
    ...(control === undefined ? [] : [`control [${control}](#${control})`]),
    `verdict ${expect.verdict}`,
    ...(expect.decision === undefined ? [] : [`decision ${expect.decision}`]),
  ];
  const cited = linkedReferences([...references, ...covers]);
  const findings = expect.findings.map((rule) => `\`${rule}\``).join(", ");
  return [
    `### ${id}`,
    `**${escapeMarkdown(title)}.** ${escapeMarkdown(why)}`,
    `${facts.join("; ")}${findings === "" ? "" : `; findings ${findings}`}. ${cited}`,
  ];
}

/** The page of every scenario, by channel. */
export function cataloguePage(scenarios: readonly Scenario[]): string {
  const channels = Map.groupBy(scenarios, ({ emission }) => emission.channel);
  return [
    "# Catalogue",
    NOTE,
    `${scenarios.length} scenarios. Each is also an issuer of its own at \`/fault/<id>/\` of the mock IdP. Ids are never renamed or reused.`,
    ...[...channels].flatMap(([channel, own]) => [`## ${channel}`, ...own.flatMap(entry)]),
    "",
  ].join("\n\n");
}
