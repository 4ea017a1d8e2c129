/** What a sign-in is for: the portal, or Partner Center's API besides. */
export type Purpose = "portal" | "api";

/** What an ID token says that a later one has to say again. */
export interface IdTokenFacts {
  readonly issuer: string;
  readonly subject: string;
  readonly audiences: readonly string[];
  readonly authorizedParty: string | undefined;
  readonly authenticatedAt: number | undefined;
  readonly nonce: string | undefined;
  /** The IdP's name for its session. */
  readonly session: string | undefined;
}

/** Somebody whose ID token was believed. */
export interface SignedIn extends IdTokenFacts {
  /** Names the sign-in, so that its IdP is found again. */
  readonly signIn: string;
  readonly purpose: Purpose;
  readonly user: string;
  /** As it stood in the ID token. */
  readonly amr: unknown;
  /** So did this. */
  readonly acr?: unknown;
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
}
