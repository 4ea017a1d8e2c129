/** What is to be said of some scenarios that an app did not pass. */
export interface Remark {
  readonly scenarios: readonly string[];
  readonly remark: string;
  /** Nobody gets in who should not; absent: the remark only says how it comes. */
  readonly isNoHole?: true;
}

/** The same answer sent again in the browser that it signed in: the app may refuse it and show the session of before. */
export const REPLAYED = "Who was signed in stays so; whether the second answer was taken cannot be seen.";

/** A logout token that should be refused ends the session. */
export const LOGOUT_TAKEN = "It ends a session that should stay, so nobody is let in.";

/** An ID token that comes by code is believed whoever signed it. */
export const NOT_CHECKED =
  "No signature is checked: the token comes from the token endpoint, where TLS may stand in for it (OIDC Core §3.1.3.7). Without TLS, or behind a proxy that ends it, anybody on the way can forge it.";
