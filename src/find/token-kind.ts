import type { JsonObject, Token } from "../artifact.ts";
import { EAM_ACR_VALUES } from "../vocabulary/acr-eam.ts";
import { headBehind, textBehind } from "./base64-text.ts";

/** Segments short or over, and the padding of plain base64, are judged too, as the broken token that it is. */
const SHAPE = /^[\w+/=-]+(?:\.[\w+/=-]*){1,9}$/;

/** Members that Entra puts into access tokens and an ID token has no use for. */
const ACCESS_TOKEN_CLAIMS = ["scp", "roles", "appid", "appidacr"];

type TokenKind = "access-token" | "id-token" | "eam-token";

/** Whether a text has the shape of a compact JWS or JWE whose header is JSON. */
export function looksLikeToken(text: string): boolean {
  return SHAPE.test(text) && headBehind(text.slice(0, text.indexOf("."))).startsWith("{");
}

/** The kind of a token, guessed from what it says unchecked; only to choose who judges it. */
export function tokenKind(jwt: string): TokenKind {
  const [header = {}, claims = {}] = jwt.split(".", 2).map(objectBehind);
  return tokenKindOf({ header, claims });
}

/** The kind of a decoded token, guessed in the same way. */
export function tokenKindOf({ header, claims }: Token): TokenKind {
  const type = header["typ"];
  if (typeof type === "string" && /^(?:application\/)?at\+jwt$/i.test(type)) return "access-token";
  if (ACCESS_TOKEN_CLAIMS.some((name) => Object.hasOwn(claims, name))) return "access-token";
  const acr = claims["acr"];
  return typeof acr === "string" && EAM_ACR_VALUES.includes(acr) ? "eam-token" : "id-token";
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
