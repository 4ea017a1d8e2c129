import type { Channel } from "../../emission/channels.ts";
import type { Emission } from "../../emission/emission.ts";
import { HarnessError } from "../../errors.ts";
import type { MockIdp } from "../../idp/mock-idp.ts";
import type { Driver } from "../../transport/exchange.ts";
import type { AppDefinition } from "../definition/app.ts";
import { lookAt, lookAtProtected, type Sighting, signOut } from "./sighting.ts";

/** What is needed to learn how an app looks. */
export interface Lesson {
  readonly name: string;
  readonly app: AppDefinition;
  readonly channel: Channel;
  readonly idp: MockIdp;
  readonly driver: Driver;
  /** How long one sign-in may take; default 30. */
  readonly patienceSeconds?: number;
}

/** A sign-in of the oracle's own. */
export interface Tried {
  readonly user: string;
  readonly seen: Sighting;
}

const LONGEST_SIGN_IN_SECONDS = 30;
const MAX_SIGN_INS = 3;

/**
 * Signs somebody in with a good emission, or lets them give up at the IdP, in a browser of their own.
 *
 * @param place the address where the app says who is signed in; undefined: on the page on which the sign-in ended
 * @throws HarnessError `ERR_TARGET_UNREACHABLE` when the app does not answer in time
 */
export async function signInOnce(
  lesson: Lesson,
  user: string,
  action: "sign-in" | "cancel",
  place: string | undefined,
): Promise<Tried> {
  const { app, channel, idp, driver, name, patienceSeconds = LONGEST_SIGN_IN_SECONDS } = lesson;
  const choice = idp.offer(goodEmission(channel), `${name}: ${user}`);
  const signal = AbortSignal.timeout(patienceSeconds * 1000);
  const press = app.press ?? [];
  const plan = { idpOrigin: idp.origin, user, choice, action, maxSignIns: MAX_SIGN_INS, signal, press };
  try {
    await using browser = await driver.open();
    const driven = await browser.visit({ ...plan, start: app.start });
    const look = { app, idp, browser, plan };
    const looked = await lookAt(driven, look, place);
    const seen = place === undefined || place === app.start ? looked : await lookAtProtected(looked, look);
    await signOut(look);
    return { user, seen };
  } catch (error) {
    if (!signal.aborted) throw error;
    throw unreadable(name, `a sign-in is not over after ${patienceSeconds} s`, error);
  } finally {
    idp.withdraw(choice);
  }
}

function goodEmission(channel: Channel): Emission {
  return { channel, profile: "password-and-otp", patch: [], tamper: [], key: "published", ignore: [] };
}

/** An app that does not show what there is to learn. */
export function unreadable(name: string, what: string, cause?: unknown): HarnessError {
  const hint =
    "Sign in by hand with mfa-harness serve, and compare `start` and `signedIn` with what the app shows.";
  return new HarnessError("ERR_TARGET_UNREACHABLE", `${name} cannot be read: ${what}`, hint, { cause });
}
