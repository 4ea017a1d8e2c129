import type { Channel } from "../../emission/channels.ts";
import type { Emission } from "../../emission/emission.ts";
import { HarnessError } from "../../errors.ts";
import type { MockIdp } from "../../idp/mock-idp.ts";
import type { DrivenSignIn, Driver, SignInPlan } from "../../transport/exchange.ts";
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
  /** Names that the IdP signed for that user, other than was typed. */
  readonly signedNames: readonly string[];
  readonly seen: Sighting;
  /** Where the app failed on the way, and how: `/callback 500`. */
  readonly failures: readonly string[];
}

/** Answers that no app may accept: signed by a stranger, meant for somebody else, and of three hours ago. */
export const UNACCEPTABLE = ["forge", "mislead", "delay"] as const;

/** What somebody does: signs in well, without MFA, by an answer that no app may accept; or gives up at the IdP. */
export type Manner = "sign-in" | "sign-in-weakly" | (typeof UNACCEPTABLE)[number] | "cancel";

/** How long a sign-in may take by which an app is learned. */
export const LONGEST_SIGN_IN_SECONDS = 30;
const MAX_SIGN_INS = 3;

/**
 * Lets somebody try to sign in, in a browser of their own.
 *
 * @param place the address where the app says who is signed in; undefined: on the page on which the sign-in ended
 * @throws HarnessError `ERR_TARGET_UNREACHABLE` when the app does not answer in time
 */
export async function signInOnce(
  lesson: Lesson,
  user: string,
  manner: Manner,
  place: string | undefined,
): Promise<Tried> {
  const { app, idp, driver, name, patienceSeconds = LONGEST_SIGN_IN_SECONDS } = lesson;
  const { plan, withdraw } = planOf(lesson, user, manner);
  try {
    await using browser = await driver.open();
    const driven = await browser.visit({ ...plan, start: app.start });
    const look = { app, idp, browser, plan };
    const looked = await lookAt(driven, look, place);
    const seen = place === undefined || place === app.start ? looked : await lookAtProtected(looked, look);
    await signOut(look);
    const signedNames = signedNamesOf(idp, plan.choice, lesson.channel);
    return { user, signedNames, seen, failures: failuresOf([driven], app) };
  } catch (error) {
    if (!plan.signal.aborted) throw error;
    throw unreadable(name, `a sign-in is not over after ${patienceSeconds} s`, error);
  } finally {
    withdraw();
  }
}

/** Names other than was typed by which the answers of one choice call whoever signed in. */
export function signedNamesOf(idp: MockIdp, choice: string, channel: Channel): readonly string[] {
  return idp
    .issued(choice)
    .flatMap((one) => (one.channel === channel && one.signedName !== undefined ? [one.signedName] : []));
}

/** Where an app failed in these visits, and how. */
export function failuresOf(driven: readonly DrivenSignIn[], { start }: AppDefinition): readonly string[] {
  const { origin } = new URL(start);
  return driven
    .flatMap(({ exchanges }) => exchanges)
    .filter(({ url, status }) => status >= 500 && new URL(url).origin === origin)
    .map(({ url, status }) => `${new URL(url).pathname} ${status}`);
}

/** What one sign-in is driven by, and how its emission is taken back. */
export function planOf(
  lesson: Lesson,
  user: string,
  manner: Manner,
): { readonly plan: Omit<SignInPlan, "start">; readonly withdraw: () => void } {
  const { app, idp, name, channel } = lesson;
  const choice = idp.offer(emissionOf(channel, manner), `${name}: ${user}`);
  const action = manner === "cancel" ? ("cancel" as const) : ("sign-in" as const);
  const press = app.press ?? [];
  const signal = limitOf(lesson);
  const plan = { idpOrigin: idp.origin, user, choice, action, maxSignIns: MAX_SIGN_INS, signal, press };
  return { plan, withdraw: () => idp.withdraw(choice) };
}

/** Ends what takes longer than one sign-in may. */
export function limitOf({ patienceSeconds = LONGEST_SIGN_IN_SECONDS }: Lesson): AbortSignal {
  return AbortSignal.timeout(patienceSeconds * 1000);
}

function emissionOf(channel: Channel, manner: Manner): Emission {
  return {
    channel,
    profile: manner === "sign-in-weakly" ? "password-only" : "password-and-otp",
    patch: patchOf(channel, manner),
    tamper: [],
    key: manner === "forge" ? "stranger" : "published",
    ignore: [],
  };
}

/** Where each channel of an app says whom an answer is meant for, and when it ends. */
const AUDIENCES: Readonly<Partial<Record<Channel, string>>> = {
  oidc: "/idToken/claims/aud",
  saml: "/samlResponse/assertion/conditions/audiences",
  wsfed: "/wsFedResponse/assertion/conditions/audiences",
};
const ENDS: Readonly<Partial<Record<Channel, readonly string[]>>> = {
  oidc: ["/idToken/claims/exp"],
  saml: ["/samlResponse/assertion/conditions/notOnOrAfter", "/samlResponse/assertion/subject/notOnOrAfter"],
  wsfed: ["/wsFedResponse/assertion/conditions/notOnOrAfter"],
};

const LATE_SECONDS = 3 * 3600;

function patchOf(channel: Channel, manner: Manner): Emission["patch"] {
  const audience = manner === "mislead" ? AUDIENCES[channel] : undefined;
  if (audience !== undefined)
    return [{ op: "set", path: audience, value: ["https://somebody-else.example"] }];
  const ends = manner === "delay" ? ENDS[channel] : undefined;
  return (ends ?? []).map((path) => ({ op: "shift", path, seconds: -LATE_SECONDS }));
}

/** An app that does not show what there is to learn. */
export function unreadable(name: string, what: string, cause?: unknown): HarnessError {
  const hint =
    "Sign in by hand with mfa-harness serve, and compare `start` and `signedIn` with what the app shows.";
  return new HarnessError("ERR_TARGET_UNREACHABLE", `${name} cannot be read: ${what}`, hint, { cause });
}
