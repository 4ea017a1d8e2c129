import type { ServerResponse } from "node:http";
import { escapeHtml } from "./html.ts";

const STYLE = `
:root{color-scheme:light dark;--line:#c9ced6;--edge:#767f8d;--soft:#5b6472;--page:#f3f5f8;--card:#fff;--text:#1a2230;--act:#0b57d0;--bad:#a8071a;--mark:#fff3cd}
@media (prefers-color-scheme:dark){:root{--line:#3a4250;--edge:#7d8796;--soft:#9aa4b2;--page:#12161d;--card:#1b212b;--text:#e8ecf2;--act:#7db0ff;--bad:#ff9c94;--mark:#3b3416}}
body{margin:0;background:var(--page);color:var(--text);font:16px/1.5 system-ui,sans-serif}
main{max-width:34rem;margin:6vh auto;padding:2rem;background:var(--card);border:1px solid var(--line);border-radius:.75rem}
main.wide{max-width:64rem}
h1{margin:0 0 1rem;font-size:1.4rem}h2{margin:0 0 .5rem;font-size:1rem}
.mark{margin:0 0 1rem;color:var(--soft);font-size:.85rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem;margin:0 0 1.5rem;font-size:.9rem}
dt{color:var(--soft)}dd{margin:0;min-width:0;overflow-wrap:anywhere}
small{color:var(--soft)}
.field{margin-bottom:1rem}
.field label{display:block;padding:0}
.field input,.field select{box-sizing:border-box;width:100%;margin-top:.2rem;padding:.5rem;border:1px solid var(--edge);border-radius:.4rem;background:var(--card);color:inherit;font:inherit}
fieldset{min-width:0;margin:0 0 1.5rem;padding:.5rem 1rem;border:1px solid var(--line);border-radius:.4rem}
fieldset label{display:block;padding:.2rem 0}
aside,.phone{margin:1.5rem 0;padding:1rem;border:1px solid var(--line);border-radius:.75rem}
aside p,.phone p{margin:0 0 .75rem}
output{font-size:1.4rem;font-weight:600;letter-spacing:.1em}
.notice button{display:block;margin-top:.5rem}
.buttons{display:flex;flex-wrap:wrap;gap:.75rem;margin:0 0 1rem}
.aside{margin:1.5rem 0 0;padding-top:1rem;border-top:1px solid var(--line)}
.problem{margin:0 0 1rem;padding:.5rem 1rem;border:1px solid var(--bad);border-radius:.4rem;color:var(--bad)}
.notice{margin:0 0 1rem;padding:.5rem 1rem;border-radius:.4rem;background:var(--mark)}
button{padding:.5rem 1.2rem;border:1px solid var(--act);border-radius:.4rem;background:transparent;color:var(--act);font:inherit;cursor:pointer}
button.first{background:var(--act);color:var(--card)}
:focus-visible{outline:2px solid var(--act);outline-offset:2px}
table{table-layout:fixed;width:100%;margin:0 0 1.5rem;border-collapse:collapse;font-size:.9rem}
th:first-child{width:38%}th:last-child{width:4.5rem}
th,td{padding:.35rem .75rem .35rem 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top;overflow-wrap:anywhere}
a{color:var(--act)}code{overflow-wrap:anywhere}
@media (max-width:36rem){main{margin:0;padding:1.25rem;border:0;border-radius:0}dl{grid-template-columns:1fr;gap:0}dd{margin:0 0 .5rem}}
`;

const MARK = `<p class="mark">Mock identity provider, for tests only: it signs anyone in.</p>`;

/** A whole HTML document around content that is already safe; it loads nothing and runs no script. */
export function renderLayout(title: string, content: string, width: "narrow" | "wide" = "narrow"): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body><main class="${width}"><h1>${escapeHtml(title)}</h1>
${MARK}${content}
</main></body>
</html>
`;
}

/** Answers with a page that no cache keeps and that may load nothing. */
export function sendPage(response: ServerResponse, status: number, page: string): void {
  response.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy":
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
  });
  response.end(page);
}
