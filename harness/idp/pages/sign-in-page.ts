import type { OfferedChoice } from "../choices.ts";
import { escapeHtml } from "./html.ts";
import { renderLayout } from "./layout.ts";

/** Who signs in when nobody types anything else. */
export const DEFAULT_USER = "agent@partner.example";

/** One thing the partner app asked for, shown to the person, e.g. `acr_values`. */
export interface SignInHint {
  readonly name: string;
  readonly value: string;
}

/** All that the sign-in page shows; every text is escaped when it is rendered. */
export interface SignInPageModel {
  /**
   * URL that the form posts to. Fields: `user`, `emission` (a choice id), `action` (`sign-in` or `cancel`),
   * and those of `state`.
   */
  readonly resume: string;
  readonly protocol: "OpenID Connect" | "SAML 2.0" | "WS-Federation" | "External authentication method";
  /** Which partner app asks: client id or entity id. */
  readonly application: string;
  readonly hints: readonly SignInHint[];
  /** What the user field holds at first; default `agent@partner.example`. */
  readonly user?: string;
  /** Set when the request says who signs in, so that nobody else can. */
  readonly userIsFixed?: boolean;
  readonly choices: readonly OfferedChoice[];
  /** Id of the choice that is selected at first. */
  readonly preselected: string;
  /** Hidden fields that the form sends back, e.g. a RelayState. */
  readonly state?: Readonly<Record<string, string>>;
}

function renderRow({ name, value }: SignInHint): string {
  return `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`;
}

function renderChoice(choice: OfferedChoice, preselected: string): string {
  const checked = choice.id === preselected ? " checked" : "";
  const field = `<input type="radio" name="emission" value="${escapeHtml(choice.id)}"${checked}>`;
  return `<label>${field} ${escapeHtml(choice.title)}</label>`;
}

function renderState(state: Readonly<Record<string, string>>): string {
  return Object.entries(state)
    .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`)
    .join("");
}

/** Renders the page on which a person, or a driver, chooses who signs in and what will be said about it. */
export function renderSignIn(page: SignInPageModel): string {
  const asks = [
    { name: "Application", value: page.application },
    { name: "Protocol", value: page.protocol },
    ...page.hints,
  ];
  return renderLayout(
    "Sign in",
    `<dl>${asks.map(renderRow).join("")}</dl>
<form method="post" action="${escapeHtml(page.resume)}" data-mfa-harness="sign-in">
${renderState(page.state ?? {})}
<label class="field">User
<input name="user" value="${escapeHtml(page.user ?? DEFAULT_USER)}" autocomplete="off" ${page.userIsFixed === true ? "readonly" : "autofocus"}></label>
<fieldset><legend>What the answer says</legend>
${page.choices.map((choice) => renderChoice(choice, page.preselected)).join("\n")}
</fieldset>
<button class="first" name="action" value="sign-in">Sign in</button>
<button name="action" value="cancel">Cancel</button>
</form>`,
  );
}
