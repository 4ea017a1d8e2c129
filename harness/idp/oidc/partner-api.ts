import type { ResourceServer } from "oidc-provider";
import { PARTNER_API_LIFETIME_SECONDS } from "../../emission/profiles/partner-api.ts";

/** Partner Center's API, whose access tokens must show MFA (Test-PartnerSecurityRequirement). */
const PARTNER_CENTER = "https://api.partnercenter.microsoft.com";

/** The delegated permission that partner apps ask for. */
export const USER_IMPERSONATION = "user_impersonation";

/** `https://host/user_impersonation` and `https://host/.default` name the API and the permission at once. */
const API_SCOPE = /^(https:\/\/.+)\/(?:user_impersonation|\.default)$/;

/** The API that a scope parameter asks for, if it asks for one. */
export function apiOfScope(scope: unknown): string | undefined {
  const scopes = typeof scope === "string" ? scope.split(" ") : [];
  const named = scopes.map((value) => API_SCOPE.exec(value)?.[1]).find((api) => api !== undefined);
  return named ?? (scopes.includes(USER_IMPERSONATION) ? PARTNER_CENTER : undefined);
}

/** How access tokens for an API are issued: as JWTs, whatever the API is called. */
export function describeApi(api: string): ResourceServer {
  return {
    scope: `${USER_IMPERSONATION} ${api}/${USER_IMPERSONATION} ${api}/.default`,
    audience: api,
    accessTokenFormat: "jwt",
    accessTokenTTL: PARTNER_API_LIFETIME_SECONDS,
    jwt: { sign: { alg: "RS256" } },
  };
}
