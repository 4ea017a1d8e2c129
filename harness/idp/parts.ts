import type { EmissionKeys } from "../emission/keys/keys.ts";
import type { Patch } from "../emission/patch-schema.ts";
import type { Choices } from "./choices.ts";
import type { IssuedArtifact } from "./issued.ts";
import type { SignInMode } from "./sign-in/mode.ts";
import type { Sessions } from "./sign-in/sessions.ts";
import type { SignInDesk } from "./sign-in/desk.ts";
import type { Store } from "./store/store.ts";

/** What the protocol sides of the mock IdP share: who signs in with which emission, the clock, the record. */
export interface IdpParts {
  /**
   * Where this IdP lives, no slash at the end: `http://127.0.0.1:PORT`, or below it for one of several by path. Known
   * once listening, so call it while a request is served.
   */
  readonly base: () => string;
  /** Seconds since the epoch. */
  readonly now: () => number;
  readonly signIn: SignInMode;
  /** Seconds by which `now` is ahead of the machine's clock. */
  readonly ahead: () => number;
  /** Signs the cookies of oidc-provider; the same at every replica. */
  readonly cookieKey: string;
  /** The moment that certificates are valid around: the same at every replica, so that they are the same, too. */
  readonly certifiedAt: () => number;
  /** Where everything is kept that outlives a request. */
  readonly store: Store;
  /** The emissions on offer. */
  readonly choices: Choices;
  /** Who is signed in, by cookie. */
  readonly sessions: Sessions;
  /** Keeps what was issued under a choice; a choice that was withdrawn meanwhile keeps nothing. */
  readonly record: (choice: string | undefined, issued: IssuedArtifact) => Promise<void>;
  /** What a sign-in remembers from one page to the next. */
  readonly desk: SignInDesk;
  /** RSA-2048 key pairs of this IdP, made when first asked for. */
  readonly keys: EmissionKeys;
  /** Metadata of service providers that was given at start. */
  readonly serviceProviderMetadata: readonly string[];
  /** Changes to the documents that this IdP publishes, before those of an emission. */
  readonly overrides: readonly Patch[];
}
