import { createHash, randomBytes } from "node:crypto";
import type { Profile } from "../emission.ts";
import type { WsFedAssertionModel, WsFedResponseModel } from "../model.ts";
import {
  AUTHENTICATION_INSTANT,
  AUTHENTICATION_METHOD,
  IMMUTABLE_ID,
  ISSUE,
  MULTIPLE_AUTHN,
  NO_PROOF_KEY,
  PASSWORD_METHOD,
  UNSPECIFIED_NAME_ID,
  UPN,
} from "../wsfed/names.ts";

/** One sign-in by WS-Federation: what the profile is filled in with. */
export interface WsFedSignIn {
  /** Issuer URI of the mock IdP. */
  readonly issuer: string;
  /** As typed; becomes the user principal name. */
  readonly user: string;
  /** `wtrealm` of the relying party. */
  readonly realm: string;
  /** Seconds since the epoch. */
  readonly now: number;
  /** When the person signed in, if that was before now; seconds since the epoch. */
  readonly authenticatedAt?: number;
}

/** A relying party whose clock is a little behind must still take the assertion. */
const BACKDATED_SECONDS = 5;
const LIFETIME_SECONDS = 3600;

const METHODS: Readonly<Record<Profile, { stated: string; listed: readonly string[] }>> = {
  "password-and-otp": { stated: MULTIPLE_AUTHN, listed: [PASSWORD_METHOD, MULTIPLE_AUTHN] },
  "password-only": { stated: PASSWORD_METHOD, listed: [PASSWORD_METHOD] },
};

/** The base64 of 16 bytes, as Entra Connect makes it of an objectGUID: the same user always has the same. */
function immutableId(user: string): string {
  return createHash("sha256").update(user).digest().subarray(0, 16).toString("base64");
}

function attributes(
  profile: Profile,
  { user, now, authenticatedAt = now }: WsFedSignIn,
): WsFedAssertionModel["attributes"] {
  return [
    { ...UPN, values: [user] },
    { ...IMMUTABLE_ID, values: [immutableId(user)] },
    { ...AUTHENTICATION_METHOD, values: [...METHODS[profile].listed] },
    { ...AUTHENTICATION_INSTANT, values: [authenticatedAt] },
  ];
}

/**
 * The baseline answer of a profile, before patches: an RSTR with a SAML 1.1 assertion as AD FS issues it for Microsoft
 * Entra, which says MFA in both places that Entra reads (Entra's page on inbound assertions).
 *
 * For a SAML 2.0 assertion an emission patches `/wsFedResponse/assertion/version` to `2.0`.
 */
export function wsFedProfile(profile: Profile, signIn: WsFedSignIn): WsFedResponseModel {
  const { issuer, user, realm, now, authenticatedAt = now } = signIn;
  const expires = now + LIFETIME_SECONDS;
  return {
    appliesTo: realm,
    created: now,
    expires,
    requestType: ISSUE,
    keyType: NO_PROOF_KEY,
    assertion: {
      version: "1.1",
      id: `_${randomBytes(16).toString("hex")}`,
      issueInstant: now,
      issuer,
      subject: { nameId: immutableId(user), format: UNSPECIFIED_NAME_ID },
      conditions: { notBefore: now - BACKDATED_SECONDS, notOnOrAfter: expires, audiences: [realm] },
      authentication: { method: METHODS[profile].stated, instant: authenticatedAt },
      attributes: attributes(profile, signIn) ?? [],
    },
  };
}
