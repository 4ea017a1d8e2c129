import { availableParallelism } from "node:os";
import type { Browser, Page } from "playwright";
import type { DrivenSignIn, Driver, SignInPlan } from "./exchange.ts";
import { makeLanes } from "./lanes.ts";
import { launchBrowser } from "./launch-browser.ts";
import { assertLoopback, unreachable } from "./loopback.ts";
import { readNextStep, SIGN_IN_FORM, type NextStep } from "./next-step.ts";
import { watchPage, type PageWatch } from "./page-watch.ts";
import { withoutValues } from "./record.ts";

/** Documents in one sign-in after which it counts as a loop. */
const MAX_DOCUMENTS = 40;

/** How long a page with scripts may keep the network busy before it counts as being at rest. */
const QUIET_MILLISECONDS = 5000;

/**
 * Starts one real browser; each sign-in gets a fresh profile in it.
 *
 * @throws HarnessError `ERR_BROWSER_MISSING` when Playwright or a browser is missing or does not start
 */
export async function startBrowserDriver(): Promise<Driver> {
  const browser = await launchBrowser();
  // More pages than cores only make each of them slower.
  const inLane = makeLanes(availableParallelism());
  return {
    signIn: (plan) => inLane(() => signIn(browser, plan)),
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

async function signIn(browser: Browser, plan: SignInPlan): Promise<DrivenSignIn> {
  plan.signal.throwIfAborted();
  assertLoopback(new URL(plan.start));
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const watch = watchPage(page, plan.signal);
    page.goto(plan.start, { waitUntil: "commit" }).catch((error: unknown) => {
      if (watch.documents() === 0) watch.fail(unreachable(new URL(plan.start), error));
    });
    return await drive(page, watch, plan);
  } finally {
    await context.close();
  }
}

async function drive(page: Page, watch: PageWatch, plan: SignInPlan): Promise<DrivenSignIn> {
  let seen = 0;
  let signIns = 0;
  while (await watch.moreThan(seen)) {
    seen = watch.documents();
    const step = await readPage(page, plan);
    // Another document came meanwhile: what was read may be of either.
    if (step === undefined || watch.documents() !== seen) continue;
    if (step.kind === "rest" && (await isStill(page, watch, step.scripted))) break;
    if (step.kind === "sign-in") signIns += 1;
    if (signIns > plan.maxSignIns || seen >= MAX_DOCUMENTS) return await result(page, watch, signIns, true);
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

/** A page with scripts may still decide to move on; it is at rest when the network is. */
async function isStill(page: Page, watch: PageWatch, scripted: boolean): Promise<boolean> {
  if (!scripted) return true;
  const before = watch.documents();
  await page.waitForLoadState("networkidle", { timeout: QUIET_MILLISECONDS }).catch(() => undefined);
  return watch.documents() === before;
}

async function enter(page: Page, { user, choice }: SignInPlan): Promise<void> {
  const form = page.locator(SIGN_IN_FORM);
  await form.locator('input[name="user"]').fill(user);
  const list = form.locator('select[name="emission"]');
  if ((await list.count()) > 0) await list.selectOption(choice);
  else await form.locator(`input[name="emission"][value="${choice}"]`).check({ force: true });
  await form.locator('button[name="action"][value="sign-in"]').click({ noWaitAfter: true });
}

async function result(page: Page, watch: PageWatch, signIns: number, looped: boolean): Promise<DrivenSignIn> {
  const { exchanges } = watch;
  const url = withoutValues(new URL(page.url()));
  const status = exchanges.at(-1)?.status ?? 0;
  return { page: { url, status, html: await page.content() }, exchanges, signIns, looped };
}
