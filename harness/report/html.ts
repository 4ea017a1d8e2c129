import type { CaseResult } from "../run/events.ts";
import { type CollectedCase, type CollectedRun, collect, countCases } from "./collect.ts";
import { escapeXml } from "./escape.ts";
import { FILTER, FILTER_SCRIPT } from "./html-filter.ts";
import { STYLE } from "./html-style.ts";
import type { CreateReporter } from "./reporter.ts";
import { countWords } from "./status.ts";
import { channelTables, type ChannelTable, type ScenarioRow, sideBySide } from "./side-by-side.ts";

/** One self-contained page: the side-by-side table, and for each scenario why it exists and what was seen. */
export const htmlReporter: CreateReporter = (output) => collect((run) => output.write(page(run)));

function page(run: CollectedRun): string {
  const counts = countCases(run.cases);
  const rows = sideBySide(run.cases);
  const byScenario = Map.groupBy(run.cases, ({ info }) => info.scenario);
  const words = countWords(counts).map((count) => count.words);
  const title = `mfa-harness: ${words.join(", ")}`;
  const interrupted = run.interrupted
    ? `<p class="warn">Interrupted: ${counts.pending} cases were not run.</p>`
    : "";
  const notes = run.notes.map((note) => `<p class="warn">${escapeXml(note)}</p>`).join("\n");
  const when = `${utc(run.startedAt)}, ${run.cases.length} cases of ${rows.length} scenarios`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeXml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escapeXml(title)}</h1>
<p>${escapeXml(when)}</p>
${FILTER}
${interrupted}
${notes}
${channelTables(run.cases).map(table).join("\n")}
<h2>Scenarios</h2>
${rows.map((row) => scenarioSection(row, byScenario.get(row.scenario) ?? [])).join("\n")}
<script>${FILTER_SCRIPT}</script>
</body>
</html>
`;
}

function table({ channel, readers, partnerApps, rows }: ChannelTable): string {
  const head = ["", channel, "judge", ...readers, ...partnerApps];
  const body = rows.map((row) => {
    const answers = readers.map((name) => row.matchers[name]);
    const words = [row.verdict, ...answers, ...partnerApps.map((name) => row.decisions[name])];
    const link = `<a href="#${escapeXml(row.scenario)}">${escapeXml(row.scenario)}</a>`;
    return `<tr class="${row.status}" data-scenario="${escapeXml(row.scenario)}"><td>${row.status}</td><td>${link}</td>${words.map(wordCell).join("")}</tr>`;
  });
  const titles = head.map((name) => `<th scope="col">${escapeXml(name)}</th>`).join("");
  return `<div class="scroll"><table><thead><tr>${titles}</tr></thead><tbody>\n${body.join("\n")}\n</tbody></table></div>`;
}

const GOOD = new Set(["compliant", "pass", "accept", "exempt"]);
const BAD = new Set(["non-compliant", "fail", "refuse", "missing"]);

function wordCell(word: string | undefined): string {
  const tone = GOOD.has(word ?? "") ? "good" : BAD.has(word ?? "") ? "bad" : "other";
  return `<td class="${tone}">${escapeXml(word ?? "")}</td>`;
}

function scenarioSection(row: ScenarioRow, cases: readonly CollectedCase[]): string {
  const info = cases[0]?.info;
  const open = row.status === "pass" ? "" : " open";
  const covers = info?.covers ?? [];
  const cited = [...(info?.references ?? []), ...covers].join(" · ");
  const severity = info?.severity === undefined ? "" : `<p>severity: ${escapeXml(info.severity)}</p>`;
  return `<details id="${escapeXml(row.scenario)}" data-status="${row.status}"${open}>
<summary><b>${escapeXml(row.scenario)}</b> ${escapeXml(row.title)}</summary>
<p>${escapeXml(info?.why ?? "")}</p>
${severity}<p class="dim">${escapeXml(cited)}</p>
${cases.map(caseBlock).join("\n")}
</details>`;
}

function caseBlock({ info, result }: CollectedCase): string {
  const name = `<h3>${escapeXml(`${info.transport} → ${info.target}`)}</h3>`;
  if (result === undefined) return `${name}<p class="warn">not run</p>`;
  const { outcome, observation, verdict } = result;
  const words = [outcome.status, verdict?.verdict, observation?.decision].filter(
    (word) => word !== undefined,
  );
  return `${name}<p>${escapeXml(words.join(", "))}: ${escapeXml(verdict?.reason ?? "nothing was judged")}</p>
<ul>${seenLines(result).join("")}</ul>${exchangeLog(result)}`;
}

/** What differs, what the judge found, what the artifact says, what was seen: in the order a reader wants it. */
function seenLines({ outcome, observation, verdict }: CaseResult): readonly string[] {
  return [
    ...outcome.differences.map((line) => `<li class="bad">${escapeXml(line)}</li>`),
    ...(verdict?.findings ?? []).map(
      ({ rule, severity, at, message }) =>
        `<li>${escapeXml(severity)} <code>${escapeXml(rule)}</code> <code>${escapeXml(at)}</code> ${escapeXml(message)}</li>`,
    ),
    ...(verdict?.evidence?.statements ?? []).map(
      ({ at, value }) => `<li>says <code>${escapeXml(at)}</code> ${escapeXml(JSON.stringify(value))}</li>`,
    ),
    ...(observation?.signals ?? []).map((signal) => `<li>seen: ${escapeXml(signal)}</li>`),
  ];
}

function exchangeLog({ observation }: CaseResult): string {
  const exchanges = (observation?.exchanges ?? []).map(
    ({ method, url, status }) => `<li><code>${escapeXml(`${method} ${url} ${status}`)}</code></li>`,
  );
  if (exchanges.length === 0) return "";
  return `<details><summary>${exchanges.length} requests</summary><ol>${exchanges.join("")}</ol></details>`;
}

function utc(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
