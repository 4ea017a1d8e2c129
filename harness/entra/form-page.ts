import { createHash } from "node:crypto";
import type { Response } from "express";
import { html } from "../partner/html.ts";

const SUBMIT = "document.forms[0].submit()";
const SUBMIT_HASH = createHash("sha256").update(SUBMIT).digest("base64");
const POLICY = `default-src 'none'; script-src 'sha256-${SUBMIT_HASH}'; base-uri 'none'; frame-ancestors 'none'`;

/** Sends a page that posts fields to another site by itself, and by a button where no script runs. */
export function sendAway(response: Response, action: string, fields: Readonly<Record<string, string>>): void {
  const hidden = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  );
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <link rel="icon" href="data:," />
        <title>To the provider</title>
      </head>
      <body>
        <form method="post" action="${action}">${hidden}<button type="submit">Continue</button></form>
        ${{ markup: `<script>${SUBMIT}</script>` }}
      </body>
    </html>`;
  response.set("Cache-Control", "no-store").set("Content-Security-Policy", POLICY);
  response.type("html").send(page.markup);
}
