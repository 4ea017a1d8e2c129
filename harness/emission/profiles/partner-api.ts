import { createHash } from "node:crypto";
import type { Profile } from "../emission.ts";
import type { Json } from "../model.ts";

/** Whom and what a partner API access token is for. */
export interface PartnerApiGrant {
  readonly issuer: string;
  /** The API, e.g. `https://api.partnercenter.microsoft.com`. */
  readonly audience: string;
  readonly user: string;
  readonly applicationId: string;
  /** `0` for a public client, `1` for one with a secret, as `appidacr` says it. */
  readonly applicationAuthentication: "0" | "1";
  /** Short scope names, separated by spaces. */
  readonly scope: string;
  /** Seconds since the epoch. */
  readonly issuedAt: number;
}

/** How long such a token lives, seconds: what the published example lives (Test-PartnerSecurityRequirement). */
export const PARTNER_API_LIFETIME_SECONDS = 3900;

const TENANT = "11111111-2222-3333-4444-555555555555";

/** The same user always has the same object id, and no two users share one. */
function objectId(user: string): string {
  const hex = createHash("sha256").update(user).digest("hex");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}

/** Claims of an Entra access token of version 1.0, the only version that carries `amr` (Test-PartnerSecurityRequirement, Entra: access tokens). */
export function partnerApiProfile(profile: Profile, grant: PartnerApiGrant): Json {
  return {
    aud: grant.audience,
    iss: grant.issuer,
    iat: grant.issuedAt,
    nbf: grant.issuedAt,
    exp: grant.issuedAt + PARTNER_API_LIFETIME_SECONDS,
    acr: "1",
    amr: profile === "password-only" ? ["pwd"] : ["pwd", "mfa"],
    appid: grant.applicationId,
    appidacr: grant.applicationAuthentication,
    oid: objectId(grant.user),
    scp: grant.scope,
    sub: grant.user,
    tenant_region_scope: "NA",
    tid: TENANT,
    unique_name: grant.user,
    upn: grant.user,
    ver: "1.0",
  };
}
