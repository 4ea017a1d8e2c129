import type { Token } from "../artifact.ts";
import { isStrictBase64url } from "./jwt-base64url.ts";
import { parseJsonSegment } from "./jwt-json.ts";
import { blocked, type Parsed } from "./jwt-parsed.ts";

/** Longest token that is read, characters. */
export const MAX_TOKEN_LENGTH: number = 2 * 1024 * 1024;

/** Longest protected header that is read, characters; one with a certificate chain needs about 10 000. */
export const MAX_HEADER_LENGTH: number = 64 * 1024;

/** A compact JWS, split into its three segments, each strict base64url, none decoded. */
export interface CompactJws {
  readonly text: string;
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
      `the token has ${text.length} characters; at most ${MAX_TOKEN_LENGTH} are read`,
    );
  }
  // One more than a JWE has, so that a token made of dots costs nothing.
  const segments = text.split(".", 6);
  const [header = "", payload = "", signature = ""] = segments;
  if (header.length > MAX_HEADER_LENGTH)
    return blocked("too-large", "/header", "the header is too long to be read");
  if (segments.length === 5 && isEncrypted(header)) {
    return blocked(
      "encrypted",
      "",
      "the token is encrypted (JWE); only the signed token inside it can be judged",
    );
  }
  if (segments.length !== 3) {
    return blocked("malformed", "", "the token does not have the three segments of a compact JWS");
  }
  const broken = [header, payload, signature].findIndex((segment) => !isStrictBase64url(segment));
  if (broken >= 0) {
    return blocked(
      "malformed",
      ["/header", "/claims", "/signature"][broken] ?? "",
      "the segment is not base64url",
    );
  }
  return { value: { text, header, payload, signature } };
}

/** Decodes header and claims of a split token. */
export function decodeSegments(jws: CompactJws): Parsed<Token> {
  const header = parseJsonSegment(jws.header, "/header");
  if ("obstacle" in header) return header;
  const claims = parseJsonSegment(jws.payload, "/claims");
  if ("obstacle" in claims) return claims;
  return { value: { header: header.value, claims: claims.value } };
}

function isEncrypted(header: string): boolean {
  if (!isStrictBase64url(header)) return false;
  const parsed = parseJsonSegment(header, "/header");
  return "value" in parsed && Object.hasOwn(parsed.value, "enc");
}
