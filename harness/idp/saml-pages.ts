import { createHash } from "node:crypto";
import type { Response } from "express";
import { escapeHtml } from "./pages/html.ts";
import { renderLayout, sendPage } from "./pages/layout.ts";
import { renderMessage } from "./pages/message-page.ts";

const SUBMIT = "document.forms[0].submit()";
const SUBMIT_HASH = createHash("sha256").update(SUBMIT).digest("base64");

/** Nothing from elsewhere, and no script but the one that submits the form. */
const POST_PAGE_POLICY = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${SUBMIT_HASH}'; base-uri 'none'`;

function field(name: string, value: string): string {
  return `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`;
}

/** An answer on its way to the service provider. */
export interface SamlAnswer {
  /** Where the form posts to. */
  readonly acs: string;
  readonly xml: string;
  /** Exactly as it was received; undefined: none was. */
  readonly relayState: string | undefined;
}

/**
 * Sends the page that carries an answer: it submits itself, and has a button for where scripts do not run.
 *
 * @see SAML bindings §3.5.4
 */
export function sendSamlAnswer(response: Response, { acs, xml, relayState }: SamlAnswer): void {
  const fields = [
    field("SAMLResponse", Buffer.from(xml).toString("base64")),
    relayState === undefined ? "" : field("RelayState", relayState),
  ];
  const page = renderLayout(
    "Back to the application",
    `<form method="post" action="${escapeHtml(acs)}" data-mfa-harness="post">
${fields.join("")}<button type="submit">Continue</button></form><script>${SUBMIT}</script>`,
  );
  response.set("Cache-Control", "no-store").set("Content-Security-Policy", POST_PAGE_POLICY);
  response.type("html").send(page);
}

/** Sends the page for whoever made a request that gets no answer. */
export function sendSamlRefusal(response: Response, status: number, reason: string): void {
  const facts = { Reason: reason, "What now": "Nothing was sent to the application. Start again there." };
  sendPage(response, status, renderMessage("SAML request refused", facts));
}
