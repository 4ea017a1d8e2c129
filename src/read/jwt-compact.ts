import type { Token } from "../artifact.ts";
import type { Policy } from "../policy.ts";
import { byteLimit } from "./byte-limit.ts";
import { decodeBase64url } from "./jwt-base64url.ts";
import { parseJsonObject } from "./jwt-json.ts";
import { blocked, type Parsed } from "./jwt-parsed.ts";

/** Longest protected header that is read, characters; one with a certificate chain needs about 10 000. */
const MAX_HEADER_LENGTH = 64 * 1024;

/** A compact JWS, split into its three segments and decoded into bytes. */
export interface CompactJws {
  /** What the signature is over: the first two segments as they were received. */
  readonly signedText: string;
  readonly header: Uint8Array;
  readonly payload: Uint8Array;
  readonly signature: Uint8Array;
}

/** Splits a token at its dots, a JWS into three segments and a JWE into five, after a look at how long it is. */
export function splitSegments(text: string, policy: Pick<Policy, "maxBytes">): Parsed<readonly string[]> {
  const limit = byteLimit(policy);
  if (text.length > limit) {
    return blocked("too-large", "", `the token has ${text.length} characters; ${limit} are the limit`);
  }
  if (text.endsWith("..")) {
    const message = "the token ends in dots, as one does that was cut off where it was copied";
    return blocked("malformed", "", message);
  }
  // One more than a JWE has, so that a token made of dots costs nothing.
  const segments = text.split(".", 6);
  const header = segments[0]?.length ?? 0;
  if (header > MAX_HEADER_LENGTH) {
    const message = `the header has ${header} characters; ${MAX_HEADER_LENGTH} are the limit`;
    return blocked("too-large", "/header", message);
  }
  return { value: segments };
}

/** Decodes the segments of a compact JWS; what is not exactly that is refused. */
export function decodeCompact(text: string, segments: readonly string[]): Parsed<CompactJws> {
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
  [header, payload, signature]: readonly (Uint8Array | undefined)[],
): Parsed<CompactJws> {
  if (header === undefined) return notBase64url("/header");
  if (payload === undefined) return notBase64url("/claims");
  if (signature === undefined) return notBase64url("/signature");
  return { value: { signedText: text.slice(0, text.lastIndexOf(".")), header, payload, signature } };
}

function notBase64url(at: string): Parsed<CompactJws> {
  return blocked("malformed", at, "the segment is not base64url without padding");
}
