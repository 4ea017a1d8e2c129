import { escapeHtml } from "./html.ts";
import { renderLayout } from "./layout.ts";
import { type LaterPage, renderAbout, renderFacts, renderLaterForm } from "./sign-in-frame.ts";

/** What the page shows that comes when said and done differ. */
export interface DifferencePageModel extends LaterPage {
  /** One sentence. */
  readonly difference: string;
  /** What was done, in plain words. */
  readonly done: string;
}

/** Renders the page that tells a person, before the answer goes out, that it does not say what was done. */
export function renderDifference(page: DifferencePageModel): string {
  const form = renderLaterForm(
    page,
    `<p class="buttons"><button class="first" name="action" value="continue" autofocus>Send it</button>
<button name="action" value="back">Back</button>
<button name="action" value="cancel">Cancel</button></p>`,
  );
  return renderLayout(
    "Said and done differ",
    `<p class="notice" id="difference">${escapeHtml(page.difference)}</p>${renderAbout(page)}${renderFacts([{ name: "Done", value: page.done }])}${form}`,
  );
}
