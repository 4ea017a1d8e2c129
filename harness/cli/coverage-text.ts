import type { CoverageLine } from "../coverage/ledger.ts";

function casesOf(heading: string, cases: readonly { readonly id: string; readonly why: string }[]): string[] {
  return cases.length === 0 ? [] : [`  ${heading}:`, ...cases.map(({ id, why }) => `    ${id}: ${why}`)];
}

/** One list as text: how many cases of how many, then those left out and those missing. */
function lineText({ list, covered, leftOut, missing }: CoverageLine): string {
  const total = list.cases.length;
  return [
    `${list.name}: covers ${covered.length} of ${total} (${list.title})`,
    ...casesOf(
      "left out",
      leftOut.map(({ id, what, leftOut: why }) => ({ id, why: `${what}; ${why}` })),
    ),
    ...casesOf(
      "missing",
      missing.map(({ id, what }) => ({ id, why: what })),
    ),
    "",
  ].join("\n");
}

/** The ledger as text. */
export function coverageText(lines: readonly CoverageLine[]): string {
  return lines.map(lineText).join("");
}
