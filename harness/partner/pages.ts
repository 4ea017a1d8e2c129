import type { Access } from "./access.ts";
import { html, type Markup } from "./html.ts";
import { STYLE } from "./style.ts";

/**
 * The pages of the reference partner apps. What a sign-in came to is written on them for people, and whoever tests
 * an app reads the same words:
 *
 * - `#signed-in-as`: the user who is signed in; absent when nobody is
 * - `#access`: `granted`, `refused`, `sign in again`, or `sign-in refused` when the IdP's answer was not believed
 * - `#reason`: one sentence that says why
 */
export interface AccessPage {
  readonly application: string;
  readonly user: string;
  readonly access: Access;
  readonly heading: string;
  readonly reason: string;
  readonly facts: readonly Fact[];
  readonly links: readonly Link[];
}

/** A line of a page: what it is and how it reads. */
interface Fact {
  readonly name: string;
  readonly value: string;
}

/** A link to a path of the same app. */
interface Link {
  readonly href: string;
  readonly text: string;
}

/** The page of somebody who is signed in: who, with what MFA state, let in or not. */
export function renderAccessPage(page: AccessPage): string {
  return renderDocument(page.application, page.access, page.heading, [
    html`<p class="label">Signed in as</p>
      <p id="signed-in-as">${page.user}</p>
      <p class="label">Access</p>
      <p id="access">${page.access}</p>
      <p id="reason">${page.reason}</p>`,
    renderFacts(page.facts),
    renderLinks(page.links),
  ]);
}

/** The page for an answer of the IdP that was not believed: nobody is signed in. */
export function renderSignInRefused(application: string, reason: string, links: readonly Link[]): string {
  return renderDocument(application, "refused", "Sign-in refused", [
    html`<p class="label">Access</p>
      <p id="access">sign-in refused</p>
      <p id="reason">${reason}</p>`,
    renderLinks(links),
  ]);
}

/** A page that decides nothing: home, signed out, not found. */
export function renderPlainPage(
  application: string,
  heading: string,
  text: string,
  links: readonly Link[],
): string {
  return renderDocument(application, "plain", heading, [
    html`<p id="reason">${text}</p>`,
    renderLinks(links),
  ]);
}

/** The home page of a partner app: who is signed in, if anybody, and where to go. */
export function renderHome(
  application: string,
  heading: string,
  user: string | undefined,
  pages: readonly Link[],
): string {
  const text = user === undefined ? "Nobody is signed in." : `Signed in as ${user}.`;
  const signOut = user === undefined ? [] : [{ href: "/sign-out", text: "Sign out" }];
  return renderPlainPage(application, heading, text, [...pages, ...signOut]);
}

function renderFacts(facts: readonly Fact[]): Markup {
  if (facts.length === 0) return html``;
  const rows = facts.map(
    ({ name, value }) =>
      html`<div>
        <dt>${name}</dt>
        <dd>${value}</dd>
      </div>`,
  );
  return html`<dl>${rows}</dl>`;
}

function renderLinks(links: readonly Link[]): Markup {
  const anchors = links.map(({ href, text }) => html`<a href="${href}">${text}</a> `);
  return html`<nav>${anchors}</nav>`;
}

function renderDocument(application: string, tone: string, heading: string, body: readonly Markup[]): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" href="data:," />
        <title>${heading} · ${application}</title>
        <style>
          ${STYLE}
        </style>
      </head>
      <body>
        <header>${application} <span>reference partner app</span></header>
        <main class="${tone.replaceAll(" ", "-")}">
          <h1>${heading}</h1>
          ${body}
        </main>
      </body>
    </html>`.markup;
}
