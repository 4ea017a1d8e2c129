import type { Channel } from "../../emission/channels.ts";
import type { Emission } from "../../emission/emission.ts";
import { HarnessError } from "../../errors.ts";
import type { MockIdp } from "../../idp/mock-idp.ts";
import type { Driver } from "../../transport/exchange.ts";
import type { AppDefinition } from "../definition/app.ts";
import { type PagePrint, printOf } from "./page-print.ts";
import { lookAt, type Sighting, signOut } from "./sighting.ts";
import { whoseIs } from "./who.ts";

/** What an app looks like to those it lets in, and to somebody who gave up. */
export interface Known {
  readonly good: readonly [PagePrint, PagePrint];
  readonly cancelled: PagePrint;
  /** Cookies that only those have who were let in; empty: none tells. */
  readonly sessionCookies: readonly string[];
  /** Whether the app comes to the IdP for tokens. */
  readonly redeems: boolean;
}

/** What is needed to learn how an app looks. */
export interface Lesson {
  readonly name: string;
  readonly app: AppDefinition;
  readonly channel: Channel;
  readonly idp: MockIdp;
  readonly driver: Driver;
}

const LONGEST_SIGN_IN_SECONDS = 30;
const MAX_SIGN_INS = 3;

/**
 * Signs two people in, and lets a third give up at the IdP.
 *
 * @throws HarnessError `ERR_TARGET_UNREACHABLE` when the app does not say that those two are signed in: then nothing it
 *   shows can be told apart
 */
export async function learn(lesson: Lesson): Promise<Known> {
  const first = await signInOnce(lesson, "first", "sign-in");
  const second = await signInOnce(lesson, "second", "sign-in");
  const cancelled = await signInOnce(lesson, "cancelled", "cancel");
  for (const one of [first, second]) checkGood(lesson, one);
  if (whoseIs(cancelled.seen.named, cancelled.user) !== "nobody") {
    throw unreadable(lesson.name, `somebody who gave up at the IdP is shown as ${cancelled.seen.named}`);
  }
  const before = cancelled.seen.cookies ?? [];
  return {
    good: [printOf(first.seen.page, first.user), printOf(second.seen.page, second.user)],
    cancelled: printOf(cancelled.seen.page, cancelled.user),
    sessionCookies: (first.seen.cookies ?? []).filter((cookie) => !before.includes(cookie)),
    redeems: first.seen.redeemed,
  };
}

interface Tried {
  readonly user: string;
  readonly seen: Sighting;
}

async function signInOnce(lesson: Lesson, who: string, action: "sign-in" | "cancel"): Promise<Tried> {
  const { app, channel, idp, driver, name } = lesson;
  const user = `${who}.of.${name}@partner.example`;
  const choice = idp.offer(goodEmission(channel), `${name}: ${user}`);
  const signal = AbortSignal.timeout(LONGEST_SIGN_IN_SECONDS * 1000);
  const plan = { idpOrigin: idp.origin, user, choice, action, maxSignIns: MAX_SIGN_INS, signal };
  try {
    await using browser = await driver.open();
    const driven = await browser.visit({ ...plan, start: app.start });
    const look = { app, idp, browser, plan };
    const seen = await lookAt(driven, look);
    await signOut(look);
    return { user, seen };
  } finally {
    idp.withdraw(choice);
  }
}

function goodEmission(channel: Channel): Emission {
  return { channel, profile: "password-and-otp", patch: [], tamper: [], key: "published", ignore: [] };
}

function checkGood({ name, app }: Lesson, { user, seen }: Tried): void {
  if (seen.looped) throw unreadable(name, "a good sign-in comes to no end: the app asks again and again");
  if (seen.signIns === 0) throw unreadable(name, `${app.start} asks nobody to sign in at the mock IdP`);
  const whose = whoseIs(seen.named, user);
  if (whose === "marker") return;
  const place = app.signedIn.url ?? seen.page.url;
  const shown = whose === "nobody" ? "nobody" : JSON.stringify(seen.named);
  throw unreadable(name, `after a good sign-in of ${user} the app shows ${shown} at ${place}`);
}

function unreadable(name: string, what: string): HarnessError {
  const hint =
    "Sign in by hand with mfa-harness serve, and compare `start` and `signedIn` with what the app shows.";
  return new HarnessError("ERR_TARGET_UNREACHABLE", `${name} cannot be read: ${what}`, hint);
}
