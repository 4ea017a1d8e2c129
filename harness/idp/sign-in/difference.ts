import type { Emission, Profile } from "../../emission/emission.ts";
import type { PerformedSignIn } from "../issued.ts";

type Method = PerformedSignIn["methods"][number];

/** The second factor that each baseline says was used. */
const SAID: Readonly<Record<Profile, Method | undefined>> = {
  "password-and-otp": "totp",
  "password-only": undefined,
};

const WORDS: Readonly<Record<Method, string>> = {
  password: "a password",
  totp: "a one-time code",
  push: "an approval on the phone",
};

/** What was done, in plain words. */
export function describeMethods(methods: readonly Method[]): string {
  return methods.length === 0
    ? "nothing was asked for"
    : methods.map((method) => WORDS[method]).join(", then ");
}

function saidAbout(done: Method | undefined, said: Method | undefined): string {
  if (said === undefined) return "says that there was none";
  return done === undefined ? `says that there was ${WORDS[said]}` : `says that it was ${WORDS[said]}`;
}

/**
 * Says in one sentence how the second factor that was used differs from the one that will be said; undefined: it does
 * not. An emission with changes says what its baseline says, changed.
 */
export function differenceOf(
  { profile, patch, tamper }: Emission,
  methods: readonly Method[],
): string | undefined {
  const done = methods.find((method) => method !== "password");
  const said = SAID[profile];
  if (done === said) return undefined;
  const was = done === undefined ? "No second factor was used" : `The second factor was ${WORDS[done]}`;
  const changed = patch.length + tamper.length > 0 ? ", before it is changed on purpose" : "";
  return `${was}; the answer ${saidAbout(done, said)}${changed}.`;
}
