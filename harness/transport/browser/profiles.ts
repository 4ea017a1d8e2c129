import type { Browser, BrowserContext } from "playwright";
import { canBeCleaned, cleanProfile } from "./cleaning.ts";
import type { Profile } from "./profile.ts";

/** The profiles of one browser. */
export interface Profiles {
  /** Hands out one for one person alone. */
  readonly take: () => Promise<Profile>;
  /**
   * Takes one back: it is used again when all that it may hold can be taken away, and thrown away when not.
   *
   * @param spoiled whether it holds, or may hold, what cannot be taken away
   */
  readonly giveBack: (profile: Profile, spoiled: boolean) => Promise<void>;
}

/** How profiles are made and kept. */
export interface ProfileOptions {
  /** How many wait for their next person at most; 0: each is used once. */
  readonly most: number;
  /** Prepares a new one, before its first tab. */
  readonly prepare: (context: BrowserContext) => Promise<void>;
}

/**
 * Makes the profiles of a browser. A new one costs the browser a window and a process, several times what a sign-in
 * costs, so that one is used again where nothing can survive.
 */
export function makeProfiles(browser: Browser, { most, prepare }: ProfileOptions): Profiles {
  const waiting: Profile[] = [];
  const make = async (): Promise<Profile> => {
    const context = await browser.newContext();
    await prepare(context);
    return { context, page: await context.newPage() };
  };
  return {
    take: async () => waiting.pop() ?? (await make()),
    giveBack: async (profile, spoiled) => {
      const reuse = !spoiled && waiting.length < most && canBeCleaned(profile.context);
      const clean = reuse ? await cleanProfile(profile) : undefined;
      if (clean === undefined) await profile.context.close();
      else waiting.push(clean);
    },
  };
}
