import type { CryptoKey } from "jose";
import { compactDecrypt } from "jose/jwe/compact/decrypt";
import type { Policy } from "../policy.ts";
import { decodeBase64url } from "./jwt-base64url.ts";
import { decryptionKeys } from "./jwt-decryption-keys.ts";
import { CONTENT_ENCRYPTION, encryptionObstacles, KEY_MANAGEMENT } from "./jwt-encryption.ts";
import { parseJsonObject } from "./jwt-json.ts";
import { blocked, type Parsed } from "./jwt-parsed.ts";
import type { Obstacle } from "./reading.ts";
import { decodeUtf8 } from "./web-crypto.ts";

const OPTIONS = {
  keyManagementAlgorithms: [...KEY_MANAGEMENT.keys()],
  contentEncryptionAlgorithms: [...CONTENT_ENCRYPTION],
};

/** What was found inside an encrypted token, or all that stood in the way. */
export type Opened = { readonly token: string } | { readonly obstacles: readonly Obstacle[] };

/**
 * Decrypts a compact JWE. That it decrypts proves nothing: anybody can encrypt to a public key. So what is inside
 * must be a signed token, and it is for the caller to check that signature.
 *
 * @param jwe the whole token, within the size that is read
 * @param segments its five segments
 * @param policy with the private keys
 * @returns the compact JWS inside it, not checked
 * @see RFC 7516 §5.2, RFC 7519 §7.2, RFC 8725 §3.3
 */
export async function openEncrypted(
  jwe: string,
  segments: readonly string[],
  { decryptionKeys: keys = [] }: Policy,
): Promise<Opened> {
  const header = parseHeader(segments);
  if ("obstacle" in header) return { obstacles: [header.obstacle] };
  const obstacles = encryptionObstacles(header.value);
  if (obstacles.length > 0) return { obstacles };
  if (keys.length === 0) {
    return refused("encrypted", "the token is encrypted (JWE), and the policy has no key to decrypt it with");
  }
  if (segments.some((segment) => decodeBase64url(segment) === undefined)) {
    return refused("malformed", "a segment of the encrypted token is not base64url without padding");
  }
  const { alg } = header.value;
  const plaintext = await decrypt(jwe, await decryptionKeys(keys, typeof alg === "string" ? alg : ""));
  if (plaintext === undefined) {
    return refused("decryption-failed", "the token cannot be decrypted with any key of the policy");
  }
  return isCompactJws(plaintext)
    ? { token: plaintext }
    : refused("signature-missing", "what the token encrypts is not a signed token");
}

function parseHeader(segments: readonly string[]): Parsed<Readonly<Record<string, unknown>>> {
  const header = decodeBase64url(segments[0] ?? "");
  if (header === undefined) {
    return blocked("malformed", "/header", "the segment is not base64url without padding");
  }
  const parsed = parseJsonObject(header, "/header");
  if ("obstacle" in parsed || Object.hasOwn(parsed.value, "enc")) return parsed;
  return blocked(
    "malformed",
    "/header",
    "the token has the five segments of a JWE, but its header has no enc",
  );
}

/** The plaintext; undefined when no key gives one. Why is not told: a difference would serve as an oracle. */
async function decrypt(jwe: string, keys: readonly CryptoKey[]): Promise<string | undefined> {
  for (const key of keys) {
    try {
      const { plaintext } = await compactDecrypt(jwe, key, OPTIONS);
      const text = decodeUtf8(plaintext);
      // A token is ASCII: what is longer in bytes is none, nor is one behind a byte order mark.
      return text?.length === plaintext.length ? text : "";
    } catch {
      // Another key may fit.
    }
  }
  return undefined;
}

/** Whether a text has the three segments of a JWS; what it is inside them is still to be read. */
function isCompactJws(text: string): boolean {
  return text.split(".", 4).length === 3;
}

function refused(kind: Obstacle["kind"], message: string): Opened {
  return { obstacles: [{ kind, at: "", message }] };
}
