import type { Flaw } from "../harness/partner/flawed/flaw.ts";
import { escapeMarkdown, NOTE } from "./markdown.ts";

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

function links(scenarios: readonly string[]): string {
  return scenarios.map((id) => `[${id}](catalogue.md#${id})`).join(", ");
}

function section(channel: string, flaws: readonly Flaw[]): readonly string[] {
  const rows = flaws.map(({ id, mistake, references, caughtBy }) =>
    row([id, escapeMarkdown(mistake), links(caughtBy), escapeMarkdown(references.join(" · "))]),
  );
  const head = [
    row(["id", "the mistake", "told by", "where it is written"]),
    row(["---", "---", "---", "---"]),
  ];
  return [`## ${channel}`, [...head, ...rows].join("\n")];
}

/** The page of the deliberately flawed partner apps and of the scenarios that tell them from correct ones. */
export function flawedPage(flaws: readonly Flaw[]): string {
  const channels = Map.groupBy(flaws, ({ channel }) => channel);
  return [
    "# Flawed partner apps",
    NOTE,
    `${flaws.length} reference apps, each with one deliberate mistake. \`mfa-harness run --flawed\` runs them all: every one still accepts the control, and the scenarios named here, each by itself, tell it from a correct app. \`--hunt all\` looks for every scenario that tells.`,
    ...[...channels].flatMap(([channel, own]) => section(channel, own)),
    "",
  ].join("\n\n");
}
