import type { ServerResponse } from "node:http";
import { escapeHtml } from "./html.ts";

const STYLE = `
:root{color-scheme:light dark;--line:#c9ced6;--soft:#5b6472;--page:#f3f5f8;--card:#fff;--text:#1a2230;--act:#0b57d0}
@media (prefers-color-scheme:dark){:root{--line:#3a4250;--soft:#9aa4b2;--page:#12161d;--card:#1b212b;--text:#e8ecf2;--act:#7db0ff}}
body{margin:0;background:var(--page);color:var(--text);font:16px/1.5 system-ui,sans-serif}
main{max-width:34rem;margin:8vh auto;padding:2rem;background:var(--card);border:1px solid var(--line);border-radius:.75rem}
h1{margin:0 0 1rem;font-size:1.4rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem;margin:0 0 1.5rem;font-size:.9rem}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
label.field{display:block;margin-bottom:1rem}
input[name=user]{box-sizing:border-box;width:100%;padding:.5rem;border:1px solid var(--line);border-radius:.4rem;background:transparent;color:inherit;font:inherit}
fieldset{margin:0 0 1.5rem;padding:.5rem 1rem;border:1px solid var(--line);border-radius:.4rem}
fieldset label{display:block;padding:.2rem 0}
button{padding:.5rem 1.2rem;border:1px solid var(--act);border-radius:.4rem;background:transparent;color:var(--act);font:inherit;cursor:pointer}
button.first{background:var(--act);color:var(--card)}
a{color:var(--act)}code{overflow-wrap:anywhere}
`;

/** A whole HTML document around content that is already safe; it loads nothing and runs no script. */
export function renderLayout(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body><main><h1>${escapeHtml(title)}</h1>
${content}
</main></body>
</html>
`;
}

/** Answers with a page that no cache keeps and that may load nothing. */
export function sendPage(response: ServerResponse, status: number, page: string): void {
  response.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'",
  });
  response.end(page);
}
