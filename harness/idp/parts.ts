import type { EmissionKeys } from "../emission/keys.ts";
import type { Choices } from "./choices.ts";
import type { IssuedArtifact } from "./issued.ts";
import type { Sessions } from "./sessions.ts";
import type { SignInDesk } from "./sign-in-desk.ts";

/** What the protocol sides of the mock IdP share: who signs in with which emission, the clock, the record. */
export interface IdpParts {
  /**
   * Where this IdP lives, no slash at the end: `http://127.0.0.1:PORT`, or below it for one of several by path. Known
   * once listening, so call it while a request is served.
   */
  readonly base: () => string;
  /** Seconds since the epoch. */
  readonly now: () => number;
  /** The emissions on offer. */
  readonly choices: Choices;
  /** Who is signed in, by cookie. */
  readonly sessions: Sessions;
  /** Keeps what was issued under a choice; a choice that was withdrawn meanwhile keeps nothing. */
  readonly record: (choice: string | undefined, issued: IssuedArtifact) => void;
  /** What a sign-in remembers from one page to the next. */
  readonly desk: SignInDesk;
  /** RSA-2048 key pairs of this IdP, made when first asked for. */
  readonly keys: EmissionKeys;
  /** Metadata of service providers that was given at start. */
  readonly serviceProviderMetadata: readonly string[];
}
