import type { TotpEnrolment } from "../sign-in/totp.ts";
import { escapeHtml } from "./html.ts";
import { renderLayout } from "./layout.ts";
import { type LaterPage, renderAbout, renderFacts, renderLaterForm, renderProblem } from "./sign-in-frame.ts";

/** What the page that asks for a one-time code shows. */
export interface TotpPageModel extends LaterPage {
  readonly enrolment: TotpEnrolment;
}

function renderEnrolment({ code, secret, uri, waitSeconds }: TotpEnrolment): string {
  const when =
    waitSeconds === 0 ? "" : ` <small>(taken in ${waitSeconds} seconds: each code opens once)</small>`;
  return `<aside aria-labelledby="authenticator"><h2 id="authenticator">Authenticator of this test</h2>
<p>The code now: <output id="current-code">${escapeHtml(code)}</output>${when}</p>
<details><summary>Use an app of your own</summary>
${renderFacts([
  { name: "Secret", value: secret },
  { name: "Address", value: uri },
])}</details></aside>`;
}

/** Renders the page that asks for a one-time code, and shows it, too. */
export function renderTotp(page: TotpPageModel): string {
  const form = renderLaterForm(
    page,
    `<div class="field"><label for="code">One-time code</label>
<input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="7" required autofocus></div>
<p class="buttons"><button class="first" name="action" value="continue">Continue</button>
<button name="action" value="back" formnovalidate>Back</button>
<button name="action" value="cancel" formnovalidate>Cancel</button></p>`,
  );
  return renderLayout(
    "Enter the code",
    `${renderProblem(page.problem)}${renderAbout(page)}${form}${renderEnrolment(page.enrolment)}`,
  );
}
