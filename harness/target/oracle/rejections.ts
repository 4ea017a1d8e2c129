import { recognise } from "./familiar.ts";
import { ALIKE, isAsBusy } from "./infer.ts";
import type { Known } from "./known.ts";
import { likeness, namesUser, type PagePrint, printOf } from "./page-print.ts";
import type { Reassurance } from "./reassurance.ts";
import { type Manner, type Tried, UNACCEPTABLE } from "./sign-in-once.ts";
import { identify } from "./whose.ts";

/** How an app rejects: where it fails on the way, and on which page the sign-in ends. */
interface Rejection {
  readonly failures: readonly string[];
  /** Undefined: it ended nowhere, or on a page that tells nothing. */
  readonly page: PagePrint | undefined;
}

/** What an app does with answers that no app may accept. It is asked when it is first wanted, one answer at a time. */
export interface Rejections {
  /** Whether the app fails just so when it rejects. */
  readonly failSo: (failures: readonly string[]) => Promise<boolean>;
  /** Whether its rejections end on such a page. */
  readonly endSo: (page: PagePrint) => Promise<boolean>;
}

/**
 * Makes the rejections of one app.
 *
 * @param reject signs somebody in by an answer that no app may accept
 * @param stillLetsIn what an app did that was down is no rejection
 */
export function makeRejections(
  known: Known,
  reject: (manner: Manner) => Promise<Tried>,
  stillLetsIn: Reassurance,
): Rejections {
  const learned = new Map<Manner, Promise<Rejection | undefined>>();
  const learn = async (manner: Manner): Promise<Rejection | undefined> => {
    const rejection = rejectionIn(await reject(manner), known);
    if (rejection === undefined || (await stillLetsIn())) return rejection;
    learned.delete(manner);
    return undefined;
  };
  const some = async (isIt: (rejection: Rejection) => boolean): Promise<boolean> => {
    for (const manner of UNACCEPTABLE) {
      const found = learned.get(manner) ?? learn(manner);
      learned.set(manner, found);
      const rejection = await found.catch((error: unknown) => {
        learned.delete(manner);
        throw error;
      });
      if (rejection !== undefined && isIt(rejection)) return true;
    }
    return false;
  };
  return {
    failSo: async (failures) => {
      const others = failures.filter((failure) => !known.failures.includes(failure));
      return (
        others.length === 0 || (await some((one) => others.every((other) => one.failures.includes(other))))
      );
    },
    endSo: async (page) =>
      !namesUser(page) &&
      !isAsBusy(page) &&
      (await some((one) => one.page !== undefined && isAnother(page, one.page, known))),
  };
}

/** @returns undefined when somebody was let in all the same, or nothing tells that nobody was */
function rejectionIn({ user, seen, failures, signedNames }: Tried, known: Known): Rejection | undefined {
  const { whose, names } = identify(seen, known, user, { reference: seen.named, signedNames });
  const { page, isOwnPage, looped, cookies } = seen;
  const print = printOf(page, names);
  const isSignedIn =
    known.sessionCookies.length > 0 && known.sessionCookies.every((name) => cookies?.includes(name));
  if (whose !== "nobody" || isSignedIn || isAsBusy(print)) return undefined;
  const isTelling = isOwnPage && !looped && !namesUser(print) && recognise(print, known.good) === "other";
  return { failures, page: isTelling ? print : undefined };
}

/** Whether a page is like one of a rejection, but for the reason, and less like those of good sign-ins. */
function isAnother(page: PagePrint, rejected: PagePrint, { good }: Known): boolean {
  const like = likeness(page, rejected);
  const isClose =
    like >= ALIKE || (hasPlacesOf(page, rejected) && !good.prints.some((one) => hasPlacesOf(page, one)));
  return isClose && page.isWhole && good.prints.every((one) => likeness(page, one) < like);
}

/** Whether two pages have the same places, whatever is said there. */
function hasPlacesOf({ places }: PagePrint, other: PagePrint): boolean {
  return places.size === other.places.size && [...places.keys()].every((place) => other.places.has(place));
}
