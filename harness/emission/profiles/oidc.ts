import type { Profile } from "../emission.ts";
import type { Json } from "../model.ts";

/** What the ID token says depends on when the person signed in and which classes the partner app asked for. */
export interface OidcAuthentication {
  /** Seconds since the epoch. */
  readonly authenticatedAt: number;
  /** Values of `acr_values` or of an `acr` claims request, in the order of preference. */
  readonly acrValues: readonly string[];
}

/** REFEDS profile of a sign-in with more than one factor; what is said when nobody asked for a class. */
const ACR_MFA = "https://refeds.org/profile/mfa";

/** REFEDS profile of a sign-in with one factor. */
const ACR_SINGLE_FACTOR = "https://refeds.org/profile/sfa";

/** Every class this profile set may say unasked, as discovery lists them. */
export const OIDC_ACR_VALUES: readonly string[] = [ACR_MFA, ACR_SINGLE_FACTOR];

/**
 * Claims of an ID token that tell how the person signed in.
 *
 * With two factors the class is the first one asked for, as an IdP says that can satisfy it (OIDC Core §3.1.2.1);
 * with a password only it is always the single-factor class, whatever was asked.
 */
export function oidcProfile(profile: Profile, { authenticatedAt, acrValues }: OidcAuthentication): Json {
  if (profile === "password-only") {
    return { auth_time: authenticatedAt, acr: ACR_SINGLE_FACTOR, amr: ["pwd"] };
  }
  return { auth_time: authenticatedAt, acr: acrValues[0] ?? ACR_MFA, amr: ["pwd", "otp", "mfa"] };
}
