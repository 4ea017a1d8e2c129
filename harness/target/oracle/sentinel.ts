import type { DrivenBrowser, SignInPlan } from "../../transport/exchange.ts";
import type { Known } from "./known.ts";
import { type Lesson, limitOf, planOf } from "./sign-in-once.ts";
import { whoIsAt } from "./sighting.ts";

/**
 * Somebody who stays signed in while cases run. When the app does not know them any more, it lost its memory, as one does
 * that was started anew; and a sign-in that was under way was perhaps refused for that alone.
 */
export interface Sentinel {
  /** How often the app has forgotten them so far. */
  readonly losses: () => number;
  /** Looks whether the app still knows them, and signs them in again where it does not. */
  readonly look: () => Promise<void>;
}

/** Nobody stays where no address says who is signed in. */
const NOBODY: Sentinel = { losses: () => 0, look: () => Promise.resolve() };

/** A session that ends by itself is no loss: it is begun anew before most would end. */
const LONGEST_WATCH_MILLISECONDS = 60_000;

interface Watch {
  readonly browser: DrivenBrowser;
  readonly plan: Omit<SignInPlan, "start">;
  readonly named: string | undefined;
  readonly since: number;
}

/**
 * Signs a sentinel in.
 *
 * @param longestMilliseconds how old a session may be before it is begun anew
 */
export async function postSentinel(
  lesson: Lesson,
  { place }: Pick<Known, "place">,
  longestMilliseconds: number = LONGEST_WATCH_MILLISECONDS,
): Promise<Sentinel> {
  if (place === undefined) return NOBODY;
  let losses = 0;
  let count = 1;
  let watch = await beginWatch(lesson, place, count);
  const look = async (): Promise<void> => {
    const { browser, plan, named, since } = watch;
    const isKnown = (await nameAt(lesson, { browser, plan }, place)) === named;
    if (named !== undefined && !isKnown) losses += 1;
    if (isKnown && performance.now() - since < longestMilliseconds) return;
    await browser[Symbol.asyncDispose]();
    count += 1;
    watch = await beginWatch(lesson, place, count);
  };
  return { losses: () => losses, look };
}

async function beginWatch(lesson: Lesson, place: string, count: number): Promise<Watch> {
  const { name, idp, driver, app } = lesson;
  const { plan, withdraw } = planOf(lesson, `watch-${count}.of.${name}@partner.example`, "sign-in");
  try {
    const browser = await driver.open();
    await browser.visit({ ...plan, start: app.start });
    const named = await whoIsAt({ app, idp, browser, plan }, place);
    return { browser, plan, named, since: performance.now() };
  } finally {
    withdraw();
  }
}

async function nameAt(
  lesson: Lesson,
  { browser, plan }: Pick<Watch, "browser" | "plan">,
  place: string,
): Promise<string | undefined> {
  const { app, idp } = lesson;
  return await whoIsAt({ app, idp, browser, plan: { ...plan, signal: limitOf(lesson) } }, place);
}
