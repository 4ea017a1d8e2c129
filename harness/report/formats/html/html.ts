import { type CollectedCase, type CollectedRun, collect, countCases, extentWords } from "../../collect.ts";
import { escapeXml } from "../../escape.ts";
import { leftOutLines } from "../../left-out-text.ts";
import type { CreateReporter } from "../../reporter.ts";
import { channelTables, type ChannelTable, type ScenarioRow, sideBySide } from "../../side-by-side.ts";
import { skippedLines } from "../../skipped-lines.ts";
import { countWords, isAmiss, STATUS_WORDS, toneOf } from "../../status.ts";
import { worstFirst, wrongDecisionLines } from "../../wrong-decisions.ts";
import { caseBlock, type LinkTo, linksFrom } from "./case.ts";
import { FILTER, FILTER_SCRIPT } from "./filter.ts";
import { STYLE } from "./style.ts";

/** One self-contained page: the side-by-side table, and for each scenario why it exists and what was seen. */
export const htmlReporter: CreateReporter = (output) =>
  collect((run) => output.write(page(run, linksFrom(output.path))));

function page(run: CollectedRun, linkTo: LinkTo): string {
  const counts = countCases(run.cases);
  const rows = sideBySide(run.cases);
  const byScenario = Map.groupBy(run.cases, ({ info }) => info.scenario);
  const words = countWords(counts).map((count) => count.words);
  const title = `mfa-harness: ${words.join(", ")}`;
  const interrupted = run.interrupted
    ? `<p class="warn">Interrupted: ${counts.pending} cases were not run.</p>`
    : "";
  const notes = run.notes.map((note) => `<p class="warn">${escapeXml(note)}</p>`).join("\n");
  const when = `${utc(run.startedAt)}, ${extentWords(run.cases)}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeXml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeXml(title)}</h1>
<p>${escapeXml(when)}</p>
${wrongDecisionLines(run.cases)
  .map((line) => `<p class="headline">${escapeXml(line)}</p>`)
  .join("\n")}
${interrupted}
${notes}
${leftOutLines(run.leftOut)
  .map((line) => `<p class="dim">${escapeXml(line)}</p>`)
  .join("\n")}
${skippedLines(run.cases)
  .map((line) => `<p class="dim">${escapeXml(line)}</p>`)
  .join("\n")}
${amissList(run)}
<h2>All readers side by side</h2>
<p>What each reader made of the same sign-in: <span class="good">green</span> takes it, <span class="bad">red</span> does not. Whether that is as it should be, the first column says.</p>
${FILTER}
${channelTables(run.cases).map(table).join("\n")}
<h2>Scenarios</h2>
${rows.map((row) => scenarioSection(row, byScenario.get(row.scenario) ?? [], linkTo)).join("\n")}
</main>
<script>${FILTER_SCRIPT}</script>
</body>
</html>
`;
}

/** The first thing that whoever opens a report looks for. */
function amissList({ cases }: CollectedRun): string {
  const amiss = worstFirst(cases.filter(({ result }) => isAmiss(result?.outcome.status)));
  if (amiss.length === 0) return "";
  const items = amiss.map(({ info, result }) => {
    const status = result?.outcome.status ?? "pending";
    const link = `<a href="#${escapeXml(info.scenario)}">${escapeXml(info.id)}</a>`;
    const first = result?.outcome.differences[0] ?? "";
    const rated = result?.severity ?? info.severity;
    const severity = rated === undefined ? "" : ` (${escapeXml(rated)})`;
    return `<li><span class="${toneOf(status)}">${STATUS_WORDS[status]}</span>${severity} ${link}: ${escapeXml(first)}</li>`;
  });
  return `<h2>What did not pass</h2>\n<ul>\n${items.join("\n")}\n</ul>`;
}

function table({ channel, readers, partnerApps, rows }: ChannelTable): string {
  const head = ["outcome", "scenario", "judge", ...readers, ...partnerApps];
  const body = rows.map((row) => {
    const answers = readers.map((name) => row.matchers[name]);
    const words = [row.verdict, ...answers, ...partnerApps.map((name) => row.decisions[name])];
    const link = `<a href="#${escapeXml(row.scenario)}">${escapeXml(row.scenario)}</a>`;
    return `<tr class="${row.status}" data-scenario="${escapeXml(row.scenario)}"><td>${row.status}</td><th scope="row">${link}</th>${words.map(wordCell).join("")}</tr>`;
  });
  const titles = head.map((name) => `<th scope="col">${escapeXml(name)}</th>`).join("");
  return `<div class="scroll" role="region" tabindex="0" aria-label="${escapeXml(channel)}"><table><caption>${escapeXml(channel)}</caption><thead><tr>${titles}</tr></thead><tbody>\n${body.join("\n")}\n</tbody></table></div>`;
}

const GOOD = new Set(["compliant", "pass", "accept", "exempt"]);
const BAD = new Set(["non-compliant", "fail", "refuse", "missing"]);

function wordCell(word: string | undefined): string {
  const tone = GOOD.has(word ?? "") ? "good" : BAD.has(word ?? "") ? "bad" : "other";
  return `<td class="${tone}">${escapeXml(word ?? "")}</td>`;
}

function scenarioSection(row: ScenarioRow, cases: readonly CollectedCase[], linkTo: LinkTo): string {
  const info = cases[0]?.info;
  const open = row.status === "pass" ? "" : " open";
  const covers = info?.covers ?? [];
  const cited = [...(info?.references ?? []), ...covers].join(" · ");
  const severity = info?.severity === undefined ? "" : `<p>severity: ${escapeXml(info.severity)}</p>`;
  return `<details id="${escapeXml(row.scenario)}" data-status="${row.status}"${open}>
<summary><b>${escapeXml(row.scenario)}</b> <span class="${toneOf(row.status)}">${STATUS_WORDS[row.status]}</span> ${escapeXml(row.title)}</summary>
<p>${escapeXml(info?.why ?? "")}</p>
${severity}<p class="dim">${escapeXml(cited)}</p>
${cases.map((one) => caseBlock(one, linkTo)).join("\n")}
</details>`;
}

function utc(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
