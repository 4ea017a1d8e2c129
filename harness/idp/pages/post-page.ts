import { createHash } from "node:crypto";
import type { Response } from "express";
import { escapeHtml } from "./html.ts";
import { renderLayout } from "./layout.ts";

const SUBMIT = "document.forms[0].submit()";
const SUBMIT_HASH = createHash("sha256").update(SUBMIT).digest("base64");

/** Nothing from elsewhere, and no script but the one that submits the form. */
const POLICY = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${SUBMIT_HASH}'; base-uri 'none'; frame-ancestors 'none'`;

function field([name, value]: readonly [string, string | undefined]): string {
  if (value === undefined) return "";
  return `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`;
}

/**
 * Sends the page that carries an answer: it submits itself, and has a button for where scripts do not run.
 *
 * @param action where the form posts to
 * @param fields of the answer, in their order; undefined: left out
 * @see SAML bindings §3.5.4, OAuth 2.0 Form Post Response Mode §2, WS-Federation §13.2.4
 */
export function sendPostPage(
  response: Response,
  action: string,
  fields: Readonly<Record<string, string | undefined>>,
): void {
  const page = renderLayout(
    "Back to the application",
    `<form method="post" action="${escapeHtml(action)}" data-mfa-harness="post">
${Object.entries(fields).map(field).join("")}<button type="submit">Continue</button></form><script>${SUBMIT}</script>`,
  );
  response.set("Cache-Control", "no-store").set("Content-Security-Policy", POLICY);
  response.type("html").send(page);
}
