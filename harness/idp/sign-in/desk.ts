import { randomInt, randomUUID } from "node:crypto";
import type { Emission } from "../../emission/emission.ts";
import type { PerformedSignIn } from "../issued.ts";
import type { SecondFactor } from "./form.ts";
import type { Store } from "../store/store.ts";
import { makeTotpCodes, type TotpCodes } from "./totp.ts";

/** A sign-in that a person has begun: what is done so far, what is still to do, what will be said. */
export interface BegunSignIn {
  readonly user: string;
  readonly choice: string;
  readonly emission: Emission;
  readonly methods: PerformedSignIn["methods"];
  /** The second factor that was chosen. */
  readonly factor: SecondFactor;
  /** The request it belongs to: nobody can finish it for another one. */
  readonly request: string;
  /** The number that the page shows and the phone must choose. */
  readonly number: string;
  /** Set once the person was told that said and done differ. */
  readonly told: boolean;
}

/** What the sign-in remembers from one page to the next; a sign-in of one page leaves nothing here. */
export interface SignInDesk {
  readonly codes: TotpCodes;
  /** Keeps a begun sign-in and returns the name that its next page sends back. */
  readonly keep: (begun: BegunSignIn) => Promise<string>;
  /** Hands it over once: a page that is sent again finds nothing. */
  readonly take: (step: string, request: string) => Promise<BegunSignIn | undefined>;
}

/** Begun sign-ins that are kept at a time, and how long a person may take for a page. */
const BOUNDS = { limit: 1000, ttlSeconds: 3600 };

/** A number of two digits, as phones show them, and another one than before. */
export function pushNumber(before = "10"): string {
  return String(10 + ((Number(before) - 10 + randomInt(1, 90)) % 90));
}

/** Makes the desk of one realm. */
export function makeSignInDesk(store: Store): SignInDesk {
  const begun = store.shelf<BegunSignIn>("begun-sign-ins", BOUNDS);
  return {
    codes: makeTotpCodes(store),
    keep: async (signIn) => {
      const step = randomUUID();
      await begun.put(step, signIn);
      return step;
    },
    take: async (step, request) => {
      const signIn = await begun.get(step);
      return signIn?.request === request ? await begun.take(step) : undefined;
    },
  };
}
