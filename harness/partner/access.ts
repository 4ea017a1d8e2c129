/** What a partner app does with a signed-in person: let in, send away, or ask for a fresh sign-in. */
export type Access = "granted" | "refused" | "sign in again";

/** What a partner app knows of how somebody signed in. */
export interface SignInEvidence {
  /** Whether the reader's own place for MFA holds the reader's own value for it. */
  readonly showsMfa: boolean;
  /** Seconds since the epoch; undefined when the IdP did not say. */
  readonly authenticatedAt: number | undefined;
}

export const MAX_AUTH_AGE_SECONDS = 3600;

/** Clock difference between IdP and partner app that is let pass, seconds. */
export const CLOCK_SKEW_SECONDS = 60;

/** Nobody gets in without MFA; with MFA, only within an hour of it. */
export function decideAccess({ showsMfa, authenticatedAt }: SignInEvidence, now: number): Access {
  if (!showsMfa) return "refused";
  if (authenticatedAt === undefined || now - authenticatedAt > MAX_AUTH_AGE_SECONDS) return "sign in again";
  return "granted";
}

/** The HTTP status that goes with it. */
export const ACCESS_STATUS: Readonly<Record<Access, number>> = {
  granted: 200,
  refused: 403,
  "sign in again": 401,
};

/** The clock of a partner app, seconds since the epoch. */
export function clock(): number {
  return Date.now() / 1000;
}
