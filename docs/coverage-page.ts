import type { CoverageLine } from "../harness/coverage/ledger.ts";
import { escapeMarkdown, NOTE } from "./markdown.ts";

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(heads), row(heads.map(() => "---")), ...rows.map(row)].join("\n");
}

function plain(text: string): string {
  return escapeMarkdown(text).replaceAll("|", "\\|");
}

function summary(lines: readonly CoverageLine[]): string {
  return table(
    ["list", "covers", "of", "left out"],
    lines.map(({ list, covered, leftOut }) => [
      `[${list.name}](#${list.name})`,
      `${covered.length}`,
      `${list.cases.length}`,
      `${leftOut.length}`,
    ]),
  );
}

function section({ list, covered, leftOut, missing }: CoverageLine): readonly string[] {
  const rows = [
    ...covered.map(({ id, what, scenarios }) => [id, what, scenarios.join(", ")]),
    ...leftOut.map(({ id, what, leftOut: why }) => [id, what, `left out: ${why}`]),
    ...missing.map(({ id, what }) => [id, what, "missing"]),
  ];
  return [
    `## ${list.name}`,
    `${plain(list.title)}: covers ${covered.length} of ${list.cases.length}. _${plain(list.source)}_`,
    table(
      ["id", "what", "scenarios"],
      rows.map((cells) => cells.map(plain)),
    ),
  ];
}

/** The page of the coverage ledger. */
export function coveragePage(lines: readonly CoverageLine[]): string {
  return [
    "# Coverage",
    NOTE,
    "How the scenarios stand against what others test, what was seen in the field, and the rules of the judge. Every figure comes from what the scenarios themselves say under `covers`; `mfa-harness rules --coverage` prints the same.",
    summary(lines),
    ...lines.flatMap(section),
    "",
  ].join("\n\n");
}
