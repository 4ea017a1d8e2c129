import type { Token } from "../artifact.ts";
import { decodeBase64url } from "./jwt-base64url.ts";
import { parseJsonObject } from "./jwt-json.ts";
import { blocked, type Parsed } from "./jwt-parsed.ts";

/** Longest token that is read, characters. */
export const MAX_TOKEN_LENGTH: number = 2 * 1024 * 1024;

/** Longest protected header that is read, characters; one with a certificate chain needs about 10 000. */
export const MAX_HEADER_LENGTH: number = 64 * 1024;

/** A compact JWS, split into its three segments and decoded; the decoded ones have one character for each byte. */
export interface CompactJws {
  /** What the signature is over: the first two segments as they were received. */
  readonly signedText: string;
  readonly header: string;
  readonly payload: string;
  readonly signature: string;
}

/** Splits a compact JWS; what is not exactly that is refused. */
export function splitCompact(text: string): Parsed<CompactJws> {
  if (text.length > MAX_TOKEN_LENGTH) {
    return blocked(
      "too-large",
      "",
      `the token is longer than the ${MAX_TOKEN_LENGTH} characters that are read`,
    );
  }
  // One more than a JWE has, so that a token made of dots costs nothing.
  const segments = text.split(".", 6);
  if ((segments[0] ?? "").length > MAX_HEADER_LENGTH) {
    return blocked(
      "too-large",
      "/header",
      `the header is longer than the ${MAX_HEADER_LENGTH} characters that are read`,
    );
  }
  if (segments.length === 5 && isEncrypted(segments[0] ?? "")) {
    return blocked(
      "encrypted",
      "",
      "the token is encrypted (JWE); only the signed token inside it can be judged",
    );
  }
  if (segments.length !== 3) {
    return blocked("malformed", "", "the token does not have the three segments of a compact JWS");
  }
  return decodeSegments(text, segments.map(decodeBase64url));
}

/** Parses header and claims of a split token. */
export function parseToken(jws: CompactJws): Parsed<Token> {
  const header = parseJsonObject(jws.header, "/header");
  if ("obstacle" in header) return header;
  const claims = parseJsonObject(jws.payload, "/claims");
  if ("obstacle" in claims) return claims;
  return { value: { header: header.value, claims: claims.value } };
}

function decodeSegments(
  text: string,
  [header, payload, signature]: readonly (string | undefined)[],
): Parsed<CompactJws> {
  if (header === undefined) return notBase64url("/header");
  if (payload === undefined) return notBase64url("/claims");
  if (signature === undefined) return notBase64url("/signature");
  return { value: { signedText: text.slice(0, text.lastIndexOf(".")), header, payload, signature } };
}

function notBase64url(at: string): Parsed<CompactJws> {
  return blocked("malformed", at, "the segment is not base64url without padding");
}

function isEncrypted(segment: string): boolean {
  const header = decodeBase64url(segment);
  const parsed = header === undefined ? undefined : parseJsonObject(header, "/header");
  return parsed !== undefined && "value" in parsed && Object.hasOwn(parsed.value, "enc");
}
