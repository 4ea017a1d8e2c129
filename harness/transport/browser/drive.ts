import type { Page } from "playwright";
import type { DrivenSignIn, SignInPlan } from "../exchange.ts";
import type { PageRequest } from "../form.ts";
import { unreachable } from "../loopback.ts";
import { type NextStep, readNextStep, SIGN_IN_FORM } from "../next-step.ts";
import { withoutValues } from "../record.ts";
import type { PageWatch } from "./page-watch.ts";

/** Documents in one sign-in after which it counts as a loop. */
const MAX_DOCUMENTS = 40;

/** How long a page with scripts may keep the network busy before it counts as being at rest. */
const QUIET_MILLISECONDS = 5000;

/** Sends the first request of a visit. @returns how many documents were shown before it */
export async function startVisit(
  page: Page,
  watch: PageWatch,
  { method, url, body }: PageRequest,
): Promise<number> {
  if (method === "POST") {
    await page.setContent(formPage(url, body ?? ""));
    const seen = watch.documents();
    await page.locator("button").click({ noWaitAfter: true });
    return seen;
  }
  const seen = watch.documents();
  page.goto(url.href, { waitUntil: "commit" }).catch((error: unknown) => {
    if (watch.documents() === seen) watch.fail(unreachable(url, error));
  });
  return seen;
}

/** A page whose only form repeats a request, as a person's browser would send it. */
function formPage(url: URL, body: string): string {
  const fields = [...new URLSearchParams(body)].map(([name, value]) => {
    return `<input type="hidden" name="${attribute(name)}" value="${attribute(value)}">`;
  });
  return `<form method="post" action="${attribute(url.href)}">${fields.join("")}<button></button></form>`;
}

function attribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
}

/**
 * Does what a person would: signs in where the IdP asks, presses what leads further, until a page rests.
 *
 * @param before how many documents were shown before the visit
 */
export async function drive(
  page: Page,
  watch: PageWatch,
  plan: SignInPlan,
  before: number,
): Promise<DrivenSignIn> {
  let seen = before;
  let signIns = 0;
  let press = plan.press ?? [];
  while (await watch.moreThan(seen)) {
    seen = watch.documents();
    const step = await readPage(page, plan);
    // Another document came meanwhile: what was read may be of either.
    if (step === undefined || watch.documents() !== seen) continue;
    if (step.kind === "rest" && (await isStill(page, watch, step.scripted))) {
      const pressed = await pressIn(page, plan, press);
      if (pressed === undefined) break;
      press = press.filter((one) => one !== pressed);
    }
    if (step.kind === "sign-in") signIns += 1;
    if (signIns > plan.maxSignIns || seen - before >= MAX_DOCUMENTS)
      return await result(page, watch, signIns, true);
    if (step.kind === "sign-in") await enter(page, plan);
  }
  return await result(page, watch, signIns, false);
}

/** Undefined while the page is on its way to the next document. */
async function readPage(page: Page, plan: SignInPlan): Promise<NextStep | undefined> {
  try {
    return readNextStep(await page.content(), new URL(page.url()), plan);
  } catch {
    return undefined;
  }
}

/** Presses what a person would to come further. @returns what it was; undefined: there is nothing */
async function pressIn(
  page: Page,
  { idpOrigin }: SignInPlan,
  press: readonly string[],
): Promise<string | undefined> {
  if (press.length === 0 || new URL(page.url()).origin === idpOrigin) return undefined;
  return await page.evaluate(pressFirst, press);
}

/** Runs in the page. Ticking a box leads nowhere, so that what comes after it is pressed as well. */
function pressFirst(selectors: readonly string[]): string | undefined {
  for (const selector of selectors) {
    const element = document.querySelector(selector);
    if (element instanceof HTMLInputElement && /^(checkbox|radio)$/.test(element.type))
      element.checked = true;
    else if (element instanceof HTMLElement) {
      setTimeout(() => (element instanceof HTMLFormElement ? element.requestSubmit() : element.click()));
      return selector;
    }
  }
  return undefined;
}

/** A page with scripts may still decide to move on; it is at rest when the network is. */
async function isStill(page: Page, watch: PageWatch, scripted: boolean): Promise<boolean> {
  if (!scripted) return true;
  const before = watch.documents();
  await page.waitForLoadState("networkidle", { timeout: QUIET_MILLISECONDS }).catch(() => undefined);
  return watch.documents() === before;
}

/** Fills in the sign-in form and presses the button; the browser itself submits it, as it does for a person. */
async function enter(page: Page, { user, choice, action = "sign-in" }: SignInPlan): Promise<void> {
  await page.evaluate(fillIn, { form: SIGN_IN_FORM, user, choice, action });
}

interface Entry {
  readonly form: string;
  readonly user: string;
  readonly choice: string;
  readonly action: string;
}

/** Runs in the page, in one go: each look at it from here costs more than all of this. */
function fillIn(entry: Entry): void {
  const form = document.querySelector(entry.form);
  const field = (selector: string): Element | null => form?.querySelector(selector) ?? null;
  const name = field('input[name="user"]');
  // Where the request says who signs in, the page lets nobody change it.
  if (name instanceof HTMLInputElement && !name.readOnly && !name.disabled) name.value = entry.user;
  const list = field('select[name="emission"]');
  const one = field(`input[name="emission"][value="${CSS.escape(entry.choice)}"]`);
  if (list instanceof HTMLSelectElement) list.value = entry.choice;
  else if (one instanceof HTMLInputElement) one.checked = true;
  else throw new Error(`the sign-in page has no choice ${entry.choice}`);
  const button = field(`button[name="action"][value="${entry.action}"]`);
  if (!(button instanceof HTMLButtonElement))
    throw new Error(`the sign-in page has no button ${entry.action}`);
  // After this function has returned: what it returns would be lost with the page.
  setTimeout(() => button.click());
}

async function result(page: Page, watch: PageWatch, signIns: number, looped: boolean): Promise<DrivenSignIn> {
  const { exchanges } = watch;
  const url = withoutValues(new URL(page.url()));
  const status = exchanges.at(-1)?.status ?? 0;
  return { page: { url, status, html: await page.content() }, exchanges, signIns, looped };
}
