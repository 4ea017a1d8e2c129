import { escapeHtml } from "./html.ts";

/** What every page of a sign-in shows and sends back; every text is escaped when it is rendered. */
export interface PageFrame {
  /** URL that the form posts to. */
  readonly resume: string;
  readonly protocol: "OpenID Connect" | "SAML 2.0" | "WS-Federation" | "External authentication method";
  /** Which partner app asks: client id or entity id. */
  readonly application: string;
  /** Hidden fields that each form sends back, e.g. a RelayState. */
  readonly state?: Readonly<Record<string, string>> | undefined;
}

/** What every page after the first one shows. */
export interface LaterPage extends PageFrame {
  readonly user: string;
  /** Title of the emission chosen. */
  readonly said: string;
  /** Names the sign-in that the page belongs to. */
  readonly step: string;
  /** Why the page comes again. */
  readonly problem: string | undefined;
}

/** One line of a list of facts, e.g. what the partner app asked for. */
export interface Fact {
  readonly name: string;
  readonly value: string;
}

/** Renders a list of facts. */
export function renderFacts(facts: readonly Fact[]): string {
  const rows = facts.map(({ name, value }) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`);
  return `<dl>${rows.join("")}</dl>`;
}

/** Renders who signs in where, and what will be said about it. */
export function renderAbout({ user, application, said }: LaterPage): string {
  return renderFacts([
    { name: "User", value: user },
    { name: "Application", value: application },
    { name: "Answer", value: said },
  ]);
}

/** Renders fields that a form sends back unseen. */
export function renderHidden(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`)
    .join("");
}

/** Renders why a page comes again; a screen reader says it first. */
export function renderProblem(problem: string | undefined): string {
  return problem === undefined ? "" : `<p class="problem" role="alert">${escapeHtml(problem)}</p>`;
}

/** Renders the form of a page after the first one around content that is already safe. */
export function renderLaterForm({ resume, state, step }: LaterPage, content: string): string {
  return `<form method="post" action="${escapeHtml(resume)}" data-mfa-harness="sign-in-step">
${renderHidden({ ...state, step })}${content}
</form>`;
}
