import { escapeHtml } from "./html.ts";
import { renderLayout } from "./layout.ts";
import { type LaterPage, renderAbout, renderLaterForm, renderProblem } from "./sign-in-frame.ts";

/** What the page that asks for an approval on the phone shows. */
export interface PushPageModel extends LaterPage {
  /** Two digits: the one to choose on the phone. */
  readonly number: string;
}

/** The right number among two others, in their order, so that its place gives nothing away. */
function numbersOnPhone(number: string): readonly string[] {
  const others = [37, 61].map((distance) => String(10 + ((Number(number) - 10 + distance) % 90)));
  return [number, ...others].toSorted();
}

/** Renders the page that asks for an approval on the phone; the phone is on the page, too. */
export function renderPush(page: PushPageModel): string {
  const { number, application } = page;
  const numbers = numbersOnPhone(number).map(
    (one) => `<button name="number" value="${escapeHtml(one)}">${escapeHtml(one)}</button>`,
  );
  const form = renderLaterForm(
    page,
    `<fieldset class="phone"><legend>Phone of this test</legend>
<p>Are you signing in to ${escapeHtml(application)}? Choose the number that the sign-in page shows.</p>
<p class="buttons">${numbers.join("\n")}
<button name="action" value="deny">Deny</button></p></fieldset>
<p class="buttons"><button name="action" value="back">Back</button>
<button name="action" value="cancel">Cancel</button></p>`,
  );
  return renderLayout(
    "Approve on the phone",
    `${renderProblem(page.problem)}${renderAbout(page)}<p>Choose this number on the phone: <output id="push-number">${escapeHtml(number)}</output></p>${form}`,
  );
}
