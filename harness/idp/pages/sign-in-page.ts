import type { OfferedChoice } from "../choices.ts";
import type { PerformedSignIn } from "../issued.ts";
import { describeMethods } from "../sign-in/difference.ts";
import { renderEmissionList } from "./emission-list.ts";
import { escapeHtml } from "./html.ts";
import { renderLayout } from "./layout.ts";
import { type Fact, type PageFrame, renderFacts, renderHidden, renderProblem } from "./sign-in-frame.ts";

/** Who signs in when nobody types anything else. */
export const DEFAULT_USER = "agent@partner.example";

/** One thing the partner app asked for, shown to the person, e.g. `acr_values`. */
export type SignInHint = Fact;

/** All that the first page of a sign-in shows; every text is escaped when it is rendered. */
export interface SignInPageModel extends PageFrame {
  readonly hints: readonly SignInHint[];
  /** What the user field holds at first; default `agent@partner.example`. */
  readonly user?: string | undefined;
  /** Set when the request says who signs in, so that nobody else can. */
  readonly userIsFixed?: boolean | undefined;
  readonly asksPassword: boolean;
  readonly choices: readonly OfferedChoice[];
  /** Id of the choice that is selected at first. */
  readonly preselected: string;
  /** The second factor that is selected at first; default `totp`. */
  readonly factor?: "totp" | "push" | "none" | undefined;
  /** What the list of emissions is filtered by; default nothing. */
  readonly find?: string | undefined;
  /** Who is signed in already. */
  readonly session?: PerformedSignIn | undefined;
  /** Why the page comes again. */
  readonly problem?: string | undefined;
}

const FACTORS = [
  ["totp", "One-time code"],
  ["push", "Approval on the phone"],
  ["none", "None"],
] as const;

const PASSWORD = `<div class="field"><label for="password">Password</label>
<input type="password" id="password" name="password" value="correct horse" autocomplete="off" aria-describedby="password-hint">
<small id="password-hint">Any will do, but <code>wrong</code> is wrong.</small></div>`;

function renderFactors(selected: string): string {
  const radios = FACTORS.map(([value, title]) => {
    const checked = value === selected ? " checked" : "";
    return `<label><input type="radio" name="factor" value="${value}"${checked}> ${title}</label>`;
  });
  return `<fieldset><legend>What you do as second factor</legend>${radios.join("")}</fieldset>`;
}

function renderSession(session: PerformedSignIn | undefined): string {
  if (session === undefined) return "";
  const { user, methods, at } = session;
  const since = new Date(at * 1000).toISOString().slice(11, 19);
  return `<p class="notice">Signed in already: ${escapeHtml(user)}, at ${since} UTC (${escapeHtml(describeMethods(methods))}).
<button name="action" value="session">Use this session</button></p>`;
}

/**
 * Renders the page on which a person, or a driver, chooses who signs in and what will be said about it. The form's first
 * button is the one that the Enter key presses: it checks what it asks for. Only `action=sign-in` does not.
 */
export function renderSignIn(page: SignInPageModel): string {
  const { user = DEFAULT_USER, factor = "totp", find = "" } = page;
  const facts = [
    { name: "Application", value: page.application },
    { name: "Protocol", value: page.protocol },
    ...page.hints,
  ];
  const typing = page.userIsFixed === true ? "readonly" : "autofocus";
  return renderLayout(
    "Sign in",
    `${renderProblem(page.problem)}${renderFacts(facts)}
<form method="post" action="${escapeHtml(page.resume)}" data-mfa-harness="sign-in">
${renderHidden(page.state ?? {})}
<div class="field"><label for="user">User</label>
<input id="user" name="user" value="${escapeHtml(user)}" maxlength="256" required autocomplete="off" ${typing}></div>
${page.asksPassword ? PASSWORD : ""}
${renderFactors(factor)}
${renderEmissionList(page.choices, page.preselected, find)}
<p class="buttons"><button class="first" name="action" value="continue">Continue</button>
<button name="action" value="cancel" formnovalidate>Cancel</button></p>
${renderSession(page.session)}
<p class="aside"><button name="action" value="sign-in">Sign in unasked</button>
<small>Skips password and second factor, as test drivers do.</small></p>
</form>`,
  );
}
