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
