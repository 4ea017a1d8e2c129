import { createHmac } from "node:crypto";
import type { Store } from "../store/store.ts";

/** What a person needs to get past the one-time code, all of it shown on the page: this IdP keeps no secret. */
export interface TotpEnrolment {
  /** Base32, for an authenticator app. */
  readonly secret: string;
  /** `otpauth://totp/…` */
  readonly uri: string;
  /** The oldest code that was not used yet. */
  readonly code: string;
  /** Seconds until the code is taken; 0: now. */
  readonly waitSeconds: number;
}

/** What came of a code. */
type CodeCheck = "right" | "wrong" | "used";

/** One-time codes of every user, by RFC 6238: each code opens once. */
export interface TotpCodes {
  readonly enrolment: (user: string, now: number) => Promise<TotpEnrolment>;
  readonly check: (user: string, code: string, now: number) => Promise<CodeCheck>;
}

const PERIOD_SECONDS = 30;

/** Steps by which a clock may be fast or slow; RFC 6238 §5.2 recommends one. */
const DRIFT = 1;

/** Users whose last code is remembered; after an hour every code of then is too old anyway. */
const LAST = { limit: 1000, ttlSeconds: 3600 };

/** Codes that opened: who comes second with one, at whichever replica, comes too late. */
const OPENED = { limit: 5000, ttlSeconds: 600 };

/** The same for a user in every run, so that an authenticator app needs to be set up once. */
function secretOf(user: string): string {
  return createHmac("sha256", "mfa-harness one-time codes").update(user).digest("hex").slice(0, 40);
}

/** The library is loaded by the first page with a code: most sign-ins need none. */
async function makeTotp(user: string) {
  const { Secret, TOTP } = await import("otpauth");
  return new TOTP({
    issuer: "mfa-harness",
    label: user,
    secret: Secret.fromHex(secretOf(user)),
    algorithm: "SHA1",
    digits: 6,
    period: PERIOD_SECONDS,
  });
}

/** Makes the codes of one realm; none is used. */
export function makeTotpCodes(store: Store): TotpCodes {
  const lastSteps = store.shelf<number>("totp-last", LAST);
  const opened = store.shelf<true>("totp-opened", OPENED);
  return {
    enrolment: async (user, now) => {
      const totp = await makeTotp(user);
      const step = Math.max(Math.floor(now / PERIOD_SECONDS), ((await lastSteps.get(user)) ?? 0) + 1);
      return {
        secret: totp.secret.base32,
        uri: totp.toString(),
        code: totp.generate({ timestamp: step * PERIOD_SECONDS * 1000 }),
        waitSeconds: Math.max(0, (step - DRIFT) * PERIOD_SECONDS - now),
      };
    },
    check: async (user, code, now) => {
      const totp = await makeTotp(user);
      const token = code.replaceAll(/\s/g, "");
      const delta = totp.validate({ token, timestamp: now * 1000, window: DRIFT });
      if (delta === null) return "wrong";
      const step = Math.floor(now / PERIOD_SECONDS) + delta;
      if (step <= ((await lastSteps.get(user)) ?? 0)) return "used";
      if (!(await opened.add(`${step} ${user}`, true))) return "used";
      await lastSteps.put(user, step);
      return "right";
    },
  };
}
