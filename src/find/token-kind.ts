import type { JsonObject, Token } from "../artifact.ts";
import { EAM_ACR_VALUES } from "../vocabulary/acr-eam.ts";
import { headBehind, textBehind } from "./base64-text.ts";

/** A kind of token: who reads it, and by which rules. */
export type TokenKind = "access-token" | "id-token" | "eam-token";

/** Segments short or over, and the padding of plain base64, are judged too, as the broken token that it is. */
const SHAPE = /^[\w+/=-]+(?:\.[\w+/=-]*){1,9}$/;

/** What an access token is marked with (RFC 9068 §2.1). */
const ACCESS_TOKEN_TYPE = /^(?:application\/)?at\+jwt$/i;

/**
 * Who calls, and what it may do: of these every access token of Entra has some, and no ID token does (Entra access
 * token claims reference; RFC 9068 §2.2; AD FS, Okta).
 */
const CALLER_CLAIMS = ["scp", "scope", "client_id", "appid", "appidacr", "azpacr", "idtyp", "cid", "apptype"];

/** What ties a token to a request of a relying party, or to what was issued beside it (OIDC Core §2, §3.3.2.11). */
const ID_TOKEN_CLAIMS = ["nonce", "at_hash", "c_hash", "s_hash"];

/** What says that a person signed in: beside it, an access token of Entra has `scp`. */
const PERSON_CLAIMS = [
  "auth_time",
  "name",
  "given_name",
  "family_name",
  "preferred_username",
  "email",
  "upn",
];

/** Whether a text has the shape of a compact JWS or JWE whose header is JSON. */
export function looksLikeToken(text: string): boolean {
  return SHAPE.test(text) && headBehind(text.slice(0, text.indexOf("."))).startsWith("{");
}

/** Every kind that a token may be of by what it says unchecked, the likeliest first; see `tokenKindsOf`. */
export function tokenKinds(jwt: string): readonly TokenKind[] {
  const [header = {}, claims] = jwt.split(".", 2).map(objectBehind);
  const isSealed = Object.hasOwn(header, "enc");
  return isSealed && !isMarkedAccessToken(header)
    ? ["id-token", "access-token"]
    : tokenKindsOf({ header, claims: claims ?? {} });
}

/** Every kind that a token may be of that is called an ID token, as an external method's answer is, too. */
export function idTokenKinds(jwt: string): readonly TokenKind[] {
  return answerKinds(objectBehind(jwt.split(".", 2)[1] ?? "") ?? {});
}

/**
 * Every kind that a token may be of by its claims, the likeliest first. `roles` alone do not tell: those of a person
 * stand in ID tokens, too. An `acr` that Entra asks of an external method may as well be that of another sign-in.
 */
export function tokenKindsOf({ header, claims }: Token): readonly TokenKind[] {
  if (isMarkedAccessToken(header)) return ["access-token"];
  const has = (names: readonly string[]): boolean => names.some((name) => Object.hasOwn(claims, name));
  const forCaller = has(CALLER_CLAIMS);
  const forRelyingParty = has(ID_TOKEN_CLAIMS);
  if (forCaller && !forRelyingParty) return ["access-token"];
  const rolesOnly = has(["roles"]) && !forRelyingParty && !has(PERSON_CLAIMS);
  const answers = answerKinds(claims);
  return forCaller || rolesOnly ? [...answers, "access-token"] : answers;
}

function isMarkedAccessToken({ typ }: JsonObject): boolean {
  return typeof typ === "string" && ACCESS_TOKEN_TYPE.test(typ);
}

function answerKinds({ acr }: JsonObject): readonly TokenKind[] {
  const isEam = typeof acr === "string" && EAM_ACR_VALUES.includes(acr);
  return isEam ? ["eam-token", "id-token"] : ["id-token"];
}

function objectBehind(segment: string): JsonObject | undefined {
  const text = textBehind(segment);
  try {
    const value: unknown = typeof text === "string" ? JSON.parse(text) : undefined;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
