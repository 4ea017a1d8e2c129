import { dirname, relative } from "node:path";
import type { CaseResult } from "../../../run/events.ts";
import { decisionLines, type Evidence, evidenceLine } from "../../case-words.ts";
import type { CollectedCase } from "../../collect.ts";
import { escapeXml } from "../../escape.ts";
import { STATUS_WORDS, toneOf } from "../../status.ts";

/** Makes the address by which a page links a file. */
export type LinkTo = (path: string) => string;

/** Links files from where a report is written; from nowhere, as they were given. */
export function linksFrom(report: string | undefined): LinkTo {
  return (path) => {
    const from = report === undefined ? path : relative(dirname(report), path);
    return from.replaceAll("\\", "/").split("/").map(encodeURIComponent).join("/");
  };
}

/** One case: how it ended, what was found, what was seen, and the files that show it. */
export function caseBlock({ info, result }: CollectedCase, linkTo: LinkTo): string {
  const name = escapeXml(`${info.transport} → ${info.target}`);
  if (result === undefined) return `<h3>${name}: <span class="warn">not run</span></h3>`;
  const { outcome, verdict } = result;
  const head = `<h3>${name}: <span class="${toneOf(outcome.status)}">${STATUS_WORDS[outcome.status]}</span></h3>`;
  const judged = escapeXml(verdict?.reason ?? "Nothing was judged.");
  return `${head}${differences(result)}
<dl><dt>judge</dt><dd>${escapeXml(verdict?.verdict ?? "–")}: ${judged}</dd>${decision(result)}</dl>
${list(seenLines(result))}${retries(result)}${lastPage(result)}${evidence(result.evidence ?? [], linkTo)}${exchangeLog(result)}`;
}

function differences({ outcome }: CaseResult): string {
  return list(outcome.differences.map((line) => `<li class="bad">${escapeXml(line)}</li>`));
}

function decision(result: CaseResult): string {
  const { observation } = result;
  if (observation?.decision === undefined) return "";
  const lines = [observation.decision, ...decisionLines(result)].map(escapeXml);
  return `<dt>app</dt><dd>${lines.join("<br>")}</dd>`;
}

/** What the judge found, what the artifact says, what was seen: in the order a reader wants it. */
function seenLines({ observation, verdict }: CaseResult): readonly string[] {
  return [
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

function list(items: readonly string[]): string {
  return items.length === 0 ? "" : `<ul>${items.join("")}</ul>`;
}

function retries({ retried = [] }: CaseResult): string {
  const items = retried.map(
    (one, index) =>
      `<li>attempt ${index + 1}: ${STATUS_WORDS[one.status]}: ${escapeXml(one.differences.join("; "))}</li>`,
  );
  return list(items);
}

function lastPage({ lastPage: page }: CaseResult): string {
  if (page === undefined) return "";
  const title = escapeXml(`${page.url} (${page.status})`);
  return `<figure><figcaption>The page at the end, as text: <code>${title}</code></figcaption><pre>${escapeXml(page.text)}</pre></figure>`;
}

/** Pictures are shown where they lie beside the report; the report itself holds none, as they may show tokens. */
function evidence(files: readonly Evidence[], linkTo: LinkTo): string {
  if (files.length === 0) return "";
  const items = files.map((file) => {
    const words = escapeXml(evidenceLine(file));
    const address = escapeXml(linkTo(file.path));
    const link = `<a href="${address}">${words}</a>`;
    if (file.kind === "trace") return `<li>${link}, for <code>npx playwright show-trace</code></li>`;
    return `<li>${link}<br><img class="shot" loading="lazy" alt="${words}" src="${address}"></li>`;
  });
  return `<details open><summary>Evidence, which holds tokens and cookies of test users</summary><ul>${items.join("")}</ul></details>`;
}

function exchangeLog({ observation }: CaseResult): string {
  const exchanges = (observation?.exchanges ?? []).map(
    ({ method, url, status }) => `<li><code>${escapeXml(`${method} ${url} ${status}`)}</code></li>`,
  );
  if (exchanges.length === 0) return "";
  return `<details><summary>${exchanges.length} requests</summary><ol>${exchanges.join("")}</ol></details>`;
}
