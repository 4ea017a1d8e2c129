import type { Scenario } from "../harness/scenario/schema.ts";
import { escapeMarkdown, linkedReferences, NOTE } from "./markdown.ts";

/** What correct apps decide, where it is more than one thing. */
function decisionWords({ decision, orAccept, orRefuse }: Scenario["expect"]): readonly string[] {
  if (decision === undefined) return [];
  if (orRefuse === true) return [`decision ${decision} or refuse`];
  if (orAccept === "always" || orAccept === "anybody") return [`decision ${decision} or accept`];
  return [`decision ${decision}${orAccept === undefined ? "" : " or accept as who signed in"}`];
}

function entry(scenario: Scenario): string[] {
  const { id, title, why, severity, control, references, covers, presumes = [], expect } = scenario;
  const facts = [
    `severity ${severity ?? "not stated"}`,
    ...(control === undefined ? [] : [`control [${control}](#${control})`]),
    `verdict ${expect.verdict}`,
    ...decisionWords(expect),
    ...(presumes.length === 0 ? [] : [`presumes ${presumes.join(", ")}`]),
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
