import { availableParallelism } from "node:os";
import type { Browser, BrowserContext, Page } from "playwright";
import type { DrivenBrowser, DrivenSignIn, Driver, SignInPlan } from "./exchange.ts";
import type { PageRequest } from "./form.ts";
import { makeLanes } from "./lanes.ts";
import { launchBrowser } from "./launch-browser.ts";
import { unreachable } from "./loopback.ts";
import { readNextStep, SIGN_IN_FORM, type NextStep } from "./next-step.ts";
import { watchPage, type PageWatch } from "./page-watch.ts";
import { type Reach, THIS_MACHINE } from "./reach.ts";
import { withoutValues } from "./record.ts";

/** Documents in one sign-in after which it counts as a loop. */
const MAX_DOCUMENTS = 40;

/** How long a page with scripts may keep the network busy before it counts as being at rest. */
const QUIET_MILLISECONDS = 5000;

/**
 * Starts one real browser; each sign-in gets a fresh profile in it.
 *
 * @param reach where requests may go
 * @throws HarnessError `ERR_BROWSER_MISSING` when Playwright or a browser is missing or does not start
 */
export async function startBrowserDriver(reach: Reach = THIS_MACHINE): Promise<Driver> {
  const browser = await launchBrowser(reach.hosts);
  // More pages than cores only make each of them slower.
  const inLane = makeLanes(availableParallelism());
  const open = (): Promise<DrivenBrowser> => openProfile(browser, inLane, reach);
  return {
    open,
    signIn: async (plan) => {
      await using profile = await open();
      return await profile.visit(plan);
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

type InLane = <Result>(job: () => Promise<Result>) => Promise<Result>;

/** One page in a fresh profile; it is made by the first visit. */
async function openProfile(browser: Browser, inLane: InLane, reach: Reach): Promise<DrivenBrowser> {
  const context = await browser.newContext();
  if (reach.hosts.length > 0) await keepWithin(context, reach);
  let opened: Opened | undefined;
  const visit: DrivenBrowser["visit"] = async (plan, request, handling) => {
    if (handling === "hold") throw new TypeError("a browser sends the IdP's answer at once");
    plan.signal.throwIfAborted();
    await reach.turn(request?.url ?? new URL(plan.start), plan.signal);
    return await inLane(async () => await go((opened ??= await openPage(context, plan)), plan, request));
  };
  return {
    visit,
    lastAnswer: () => opened?.watch.lastAnswer(),
    [Symbol.asyncDispose]: () => context.close(),
  };
}

/** Elsewhere every request waits its turn, that of an image too; without such hosts the browser finds no name at all. */
async function keepWithin(context: BrowserContext, { allows, turn }: Reach): Promise<void> {
  const closed = new AbortController();
  context.once("close", () => closed.abort());
  await context.route("**/*", async (route) => {
    const url = new URL(route.request().url());
    if (!allows(url)) return await route.abort("namenotresolved");
    await turn(url, closed.signal);
    return await route.continue();
  });
}

interface Opened {
  readonly page: Page;
  readonly watch: PageWatch;
}

async function openPage(context: BrowserContext, plan: SignInPlan): Promise<Opened> {
  const page = await context.newPage();
  return { page, watch: watchPage(page, plan) };
}

async function go({ page, watch }: Opened, plan: SignInPlan, request?: PageRequest): Promise<DrivenSignIn> {
  const before = watch.exchanges.length;
  const seen = await start(page, watch, request ?? { method: "GET", url: new URL(plan.start) });
  const { exchanges, ...driven } = await drive(page, watch, plan, seen);
  return { ...driven, exchanges: exchanges.slice(before) };
}

/** Sends the first request of a visit. @returns how many documents were shown before it */
async function start(page: Page, watch: PageWatch, { method, url, body }: PageRequest): Promise<number> {
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

async function drive(page: Page, watch: PageWatch, plan: SignInPlan, before: number): Promise<DrivenSignIn> {
  let seen = before;
  let signIns = 0;
  while (await watch.moreThan(seen)) {
    seen = watch.documents();
    const step = await readPage(page, plan);
    // Another document came meanwhile: what was read may be of either.
    if (step === undefined || watch.documents() !== seen) continue;
    if (step.kind === "rest" && (await isStill(page, watch, step.scripted))) break;
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

/** A page with scripts may still decide to move on; it is at rest when the network is. */
async function isStill(page: Page, watch: PageWatch, scripted: boolean): Promise<boolean> {
  if (!scripted) return true;
  const before = watch.documents();
  await page.waitForLoadState("networkidle", { timeout: QUIET_MILLISECONDS }).catch(() => undefined);
  return watch.documents() === before;
}

async function enter(page: Page, { user, choice, action = "sign-in" }: SignInPlan): Promise<void> {
  const form = page.locator(SIGN_IN_FORM);
  const name = form.locator('input[name="user"]');
  // Where the request says who signs in, the page lets nobody change it.
  if (await name.isEditable()) await name.fill(user);
  const list = form.locator('select[name="emission"]');
  if ((await list.count()) > 0) await list.selectOption(choice);
  else await form.locator(`input[name="emission"][value="${choice}"]`).check({ force: true });
  await form.locator(`button[name="action"][value="${action}"]`).click({ noWaitAfter: true });
}

async function result(page: Page, watch: PageWatch, signIns: number, looped: boolean): Promise<DrivenSignIn> {
  const { exchanges } = watch;
  const url = withoutValues(new URL(page.url()));
  const status = exchanges.at(-1)?.status ?? 0;
  return { page: { url, status, html: await page.content() }, exchanges, signIns, looped };
}
