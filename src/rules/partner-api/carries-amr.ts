import type { JsonObject } from "../../artifact.ts";
import type { Policy } from "../../policy.ts";
import { ENTRA_V1 } from "../../vocabulary/token-version.ts";
import type { TokenCheck } from "../token/token-check.ts";

/** Claims that only a token for a signed-in user has. */
const USER_CLAIMS = ["scp", "upn", "unique_name", "preferred_username", "email"];

/** Whether a token was issued to an application by itself, with no user behind it. */
export function isAppOnly(claims: JsonObject): boolean {
  const forUser = USER_CLAIMS.some((name) => Object.hasOwn(claims, name));
  return !forUser && (Object.hasOwn(claims, "roles") || claims.idtyp === "app");
}

/** Whether the application that a token was issued to is a control panel vendor's. */
export function isVendorApp({ appid }: JsonObject, { vendorApps = [] }: Policy): boolean {
  return typeof appid === "string" && vendorApps.includes(appid);
}

/** Whether the version is one that can carry `amr`; a token that does not say is taken for one. */
export function isReadableVersion(claims: JsonObject): boolean {
  return !Object.hasOwn(claims, "ver") || claims.ver === ENTRA_V1;
}

/** Lets a check speak only where `amr` may be expected: in a v1.0 token of a user. */
export function whereAmrCounts(check: TokenCheck): TokenCheck {
  return (token, policy, now) =>
    isReadableVersion(token.claims) && !isAppOnly(token.claims) ? check(token, policy, now) : undefined;
}
