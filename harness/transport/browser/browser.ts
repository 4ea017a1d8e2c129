import { availableParallelism } from "node:os";
import { setTimeout as after } from "node:timers/promises";
import type { Browser, BrowserContext, Page } from "playwright";
import type { EvidenceKeeper, SpentBrowser } from "../evidence.ts";
import type { DrivenBrowser, DrivenSignIn, Driver, SignInPlan } from "../exchange.ts";
import type { PageRequest } from "../form.ts";
import { makeLanes } from "../lanes.ts";
import { type Reach, THIS_MACHINE } from "../reach.ts";
import { type Camera, startCamera } from "./camera.ts";
import { type Stains, watchStains } from "./cleaning.ts";
import { drive, startVisit } from "./drive.ts";
import { launchBrowser } from "./launch-browser.ts";
import { crashed, watchPage, type PageWatch } from "./page-watch.ts";
import { makeProfiles, type Profiles } from "./profiles.ts";

/**
 * Starts one real browser; each sign-in gets a profile in which nothing is left of any other.
 *
 * @param reach where requests may go
 * @throws HarnessError `ERR_BROWSER_MISSING` when Playwright or a browser is missing or does not start
 */
export async function startBrowserDriver(reach: Reach = THIS_MACHINE): Promise<Driver> {
  // More pages than cores only make each of them slower.
  const lanes = availableParallelism();
  const inLane = makeLanes(lanes);
  const start = (): Promise<Program> => startProgram(reach, lanes);
  let current = start();
  await current;
  const running = async (): Promise<Program> => {
    const known = current;
    const program = await known;
    if (program.browser.isConnected()) return program;
    // Whoever came beside has started it again.
    if (known === current) current = start();
    return await current;
  };
  const open: Driver["open"] = (keeper) => Promise.resolve(openBrowser({ running, inLane, reach, keeper }));
  return {
    open,
    signIn: async (plan) => {
      await using one = await open();
      return await one.visit(plan);
    },
    [Symbol.asyncDispose]: async () => {
      const program = await current.catch(() => undefined);
      // One that does not end ends with this process.
      await Promise.race([
        program?.browser.close(),
        after(LONGEST_END_MILLISECONDS, undefined, { ref: false }),
      ]);
    },
  };
}

const LONGEST_END_MILLISECONDS = 10_000;

/** The browser's program, and the profiles in it. */
interface Program {
  readonly browser: Browser;
  readonly profiles: Profiles;
}

async function startProgram(reach: Reach, lanes: number): Promise<Program> {
  const browser = await launchBrowser(reach.hosts);
  const isElsewhere = reach.hosts.length > 0;
  const profiles = makeProfiles(browser, {
    most: isElsewhere ? 0 : lanes,
    prepare: async (context) => {
      if (isElsewhere) await keepWithin(context, reach);
    },
  });
  return { browser, profiles };
}

interface OpenOptions {
  /** The program that runs now: one that was killed is started again. */
  readonly running: () => Promise<Program>;
  readonly inLane: <Result>(job: () => Promise<Result>) => Promise<Result>;
  readonly reach: Reach;
  readonly keeper: EvidenceKeeper | undefined;
}

/** One page in a fresh profile; it is made by the first visit. */
function openBrowser({ running, inLane, reach, keeper }: OpenOptions): DrivenBrowser {
  let opened: Promise<Opened> | undefined;
  let watch: PageWatch | undefined;
  const visit: DrivenBrowser["visit"] = async (plan, request, handling) => {
    if (handling === "hold") throw new TypeError("a browser sends the IdP's answer at once");
    plan.signal.throwIfAborted();
    await reach.turn(request?.url ?? new URL(plan.start), plan.signal);
    return await inLane(async () => {
      // What was in a tab that fell over is lost, and whoever goes on does so in a new one.
      const before = await opened?.catch(() => undefined);
      if (before?.isOver() === true) await before.spent[Symbol.asyncDispose]();
      const isUsable = before !== undefined && !before.isOver();
      const page = isUsable ? Promise.resolve(before) : openPage(running, plan, keeper !== undefined);
      opened = page;
      const here = await page;
      watch = here.watch;
      return await go(here, plan, request);
    });
  };
  return {
    visit,
    lastAnswer: () => watch?.lastAnswer(),
    [Symbol.asyncDispose]: async () => {
      const spent = (await opened?.catch(() => undefined))?.spent;
      if (keeper !== undefined && spent !== undefined) keeper.hand(spent);
      else await spent?.[Symbol.asyncDispose]();
    },
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
  readonly stains: Stains;
  readonly camera: Camera | undefined;
  /** Whether the tab fell over, or its browser was ended. */
  readonly isOver: () => boolean;
  /** The same browser, when nobody uses it any more. */
  readonly spent: SpentBrowser;
}

async function openPage(running: OpenOptions["running"], plan: SignInPlan, isKept: boolean): Promise<Opened> {
  const { browser, profiles } = await running();
  const made = profiles.take().catch((error: unknown) => {
    throw browser.isConnected() ? error : crashed(error);
  });
  const profile = await made;
  const { page, context } = profile;
  let isCrashed = false;
  page.once("crash", () => (isCrashed = true));
  const isOver = (): boolean => isCrashed || page.isClosed() || !browser.isConnected();
  const stains = watchStains(context, plan.idpOrigin);
  const camera = isKept ? await startCamera(page) : undefined;
  const watch = watchPage(page, plan);
  const dispose = async (): Promise<void> => {
    try {
      await camera?.discard();
      await profiles.giveBack(profile, (await stains.end()) || isOver());
    } catch (error) {
      if (!isOver()) throw error;
    }
  };
  const keep: SpentBrowser["keep"] = async (pathOf) => {
    stains.add();
    if (!isOver()) await camera?.keep(pathOf);
  };
  return { page, watch, stains, camera, isOver, spent: { keep, [Symbol.asyncDispose]: dispose } };
}

async function go(opened: Opened, plan: SignInPlan, request?: PageRequest): Promise<DrivenSignIn> {
  const { page, watch, stains, camera, isOver } = opened;
  const before = watch.exchanges.length;
  // Only when it is shown to go on: the last page of all is taken when it is known to be worth it.
  if (before > 0) await camera?.shoot();
  try {
    const seen = await startVisit(page, watch, request ?? { method: "GET", url: new URL(plan.start) });
    const { exchanges, ...driven } = await drive(page, watch, plan, seen);
    return { ...driven, exchanges: exchanges.slice(before) };
  } catch (error) {
    stains.add();
    plan.signal.throwIfAborted();
    throw isOver() ? crashed(error) : error;
  }
}
