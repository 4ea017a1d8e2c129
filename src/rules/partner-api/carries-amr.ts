import type { JsonObject } from "../../artifact.ts";
import type { Policy } from "../../policy.ts";
import { ENTRA_V1 } from "../../vocabulary/token-version.ts";
import type { TokenCheck } from "../token/token-check.ts";

/**
 * Claims that speak for a person: the delegated permission, names of the person, and what belongs to a sign-in
 * (OIDC Core §2, §5.1; Entra access token claims reference).
 */
const PERSON_CLAIMS: readonly string[] = [
  "scp",
  "upn",
  "unique_name",
  "preferred_username",
  "email",
  "name",
  "given_name",
  "family_name",
  "nonce",
  "auth_time",
  "at_hash",
  "c_hash",
];

/**
 * Whether a token was issued to an application by itself, with no person behind it. `roles` prove nothing, since those
 * of a person look the same. What proves it is `idtyp`, or that the subject is the application's own object id, and
 * nothing that speaks for a person beside it.
 *
 * @see Entra: optional claims reference (idtyp); protected web API, verify scopes and app roles (oid equals sub)
 */
export function isAppOnly(claims: JsonObject): boolean {
  if (PERSON_CLAIMS.some((name) => Object.hasOwn(claims, name))) return false;
  return Object.hasOwn(claims, "idtyp") ? claims.idtyp === "app" : isOwnSubject(claims);
}

/** An application that is its own subject; a public client (0) cannot prove who it is, so it never signs in alone. */
function isOwnSubject({ appid, azp, appidacr, azpacr, oid, sub, ...others }: JsonObject): boolean {
  const named = isText(appid) || isText(azp);
  const isPublic = appidacr === "0" || azpacr === "0";
  return named && !isPublic && isText(oid) && oid === sub && !Object.hasOwn(others, "amr");
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
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
