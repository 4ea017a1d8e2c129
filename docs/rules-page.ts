import type { Channel, RuleInfo } from "../src/index.ts";
import { matrix } from "../src/rules/matrix/index.ts";
import { type MatrixRow, rulesIn } from "../src/rules/matrix/matrix-row.ts";
import { escapeMarkdown, linkedReferences, NOTE } from "./markdown.ts";

const CHANNELS: readonly Channel[] = ["oidc", "partner-api", "saml", "wsfed", "eam"];

const INTRODUCTION =
  "What is required, and the rules of each channel for it. A number stands where a channel has none; the reason is below the table.";

/** The page of every rule: what is required of each channel, then the rules themselves. */
export function rulesPage(all: readonly RuleInfo[]): string {
  const channels = Map.groupBy(all, ({ id }) => id.split(".", 1)[0] ?? "");
  return [
    "# Rules",
    NOTE,
    `${all.length} rules. An \`error\` breaks a MUST and decides the verdict, a \`warning\` a SHOULD, an \`advisory\` neither. Ids are never renamed or reused.`,
    "## What each channel checks",
    INTRODUCTION,
    ...matrixTable(),
    ...[...channels].flatMap(([channel, own]) => [`## ${channel}`, ...own.flatMap(ruleSection)]),
    "",
  ].join("\n\n");
}

function reasons(): readonly string[] {
  const cells = matrix.flatMap((each) => CHANNELS.map((channel) => each.cells[channel]));
  return [...new Set(cells.filter((cell) => typeof cell === "string"))];
}

function matrixTable(): readonly string[] {
  const why = reasons();
  return [
    [
      `| required | ${CHANNELS.join(" | ")} |`,
      `| --- | ${CHANNELS.map(() => "---").join(" | ")} |`,
      ...matrix.map((each) => row(each, why)),
    ].join("\n"),
    "Why a channel has no rule:",
    why.map((reason, index) => `${index + 1}. ${escapeMarkdown(reason)}`).join("\n"),
  ];
}

function row(required: MatrixRow, why: readonly string[]): string {
  const cells = CHANNELS.map((channel) => {
    const cell = required.cells[channel];
    if (typeof cell === "string") return String(why.indexOf(cell) + 1);
    return rulesIn(required, channel).map(link).join(", ");
  });
  return `| ${escapeMarkdown(required.what)} | ${cells.join(" | ")} |`;
}

/** A link to the section of a rule on this page. */
function link(id: string): string {
  return `[${id.slice(id.indexOf(".") + 1)}](#${id.replaceAll(".", "")})`;
}

function ruleSection({ id, severity, title, requirements: named, reference, remedy, verdict }: RuleInfo) {
  const calls = verdict === undefined ? "" : `, calls for \`${verdict}\``;
  const cited = linkedReferences([reference, ...named]);
  return [
    `### \`${id}\``,
    `**${severity}**${calls}: ${escapeMarkdown(title)}. ${cited}`,
    `Change: ${escapeMarkdown(remedy)}`,
  ];
}
