import type { Token } from "../artifact.ts";
import type { Policy } from "../policy.ts";
import { apiBound, graphWithoutProof } from "./jwt-api-bound.ts";
import { decodeCompact, parseToken, splitSegments, type CompactJws } from "./jwt-compact.ts";
import { headerObstacles } from "./jwt-header.ts";
import { issuersFor } from "./jwt-keys.ts";
import { checkSignature } from "./jwt-signature.ts";
import type { Obstacle, Reading } from "./reading.ts";

const UNCHECKED: Obstacle = {
  kind: "signature-unchecked",
  at: "",
  message: "no issuer is trusted, so the signature was not checked",
};

/**
 * Reads a signed token: splits and decodes it strictly, then checks its signature with the keys of its issuer. An
 * encrypted one is decrypted first, once; what is inside must be signed like any other.
 *
 * @param jwt compact JWS, or compact JWE around one, as it was received
 * @param policy trusted issuers, accepted algorithms, and keys to decrypt with; nothing is fetched
 * @returns the token, or what kept it from being read; a bad token never throws
 * @see RFC 7515 §5.2, RFC 7519 §7.2, RFC 8725 §3
 */
export async function readToken(jwt: string, policy: Policy): Promise<Reading<Token>> {
  const segments = splitSegments(jwt, policy);
  if ("obstacle" in segments) return unread([segments.obstacle], policy);
  if (segments.value.length !== 5) return readSigned(jwt, segments.value, policy);
  // Loaded late: few tokens are encrypted, and judging the others must not pay for it.
  const { openEncrypted } = await import("./jwt-decrypt.ts");
  const opened = await openEncrypted(jwt, segments.value, policy);
  if ("obstacles" in opened) return unread(opened.obstacles, policy);
  const inner = splitSegments(opened.token, policy);
  return "obstacle" in inner
    ? unread([inner.obstacle], policy)
    : readSigned(opened.token, inner.value, policy);
}

async function readSigned(
  text: string,
  segments: readonly string[],
  policy: Policy,
): Promise<Reading<Token>> {
  const jws = decodeCompact(text, segments);
  if ("obstacle" in jws) return unread([jws.obstacle], policy);
  const token = parseToken(jws.value);
  if ("obstacle" in token) return unread([token.obstacle], policy);
  const obstacles = headerObstacles(jws.value, token.value.header, policy);
  if (policy.issuers.length === 0) {
    const bound = graphWithoutProof(token.value);
    const why = bound === undefined ? [UNCHECKED] : [bound, UNCHECKED];
    return { artifact: token.value, signature: "unchecked", obstacles: [...obstacles, ...why] };
  }
  return obstacles.length > 0
    ? unread(obstacles, policy, token.value)
    : verify(jws.value, token.value, policy);
}

async function verify(jws: CompactJws, token: Token, policy: Policy): Promise<Reading<Token>> {
  // The claim is not believed yet: it only says whose keys to try.
  const issuers = issuersFor(token.claims.iss, policy.issuers);
  const failure = await checkSignature(jws, token.header, issuers, policy);
  if (failure !== undefined) {
    return unread([(await apiBound(jws, token, issuers, policy)) ?? failure], policy, token);
  }
  return { artifact: token, signature: "verified", obstacles: [] };
}

function unread(obstacles: readonly Obstacle[], policy: Policy, unverified?: Token): Reading<Token> {
  const sealed = obstacles.some(({ kind }) => kind === "encrypted" || kind === "decryption-failed");
  const signature = sealed || policy.issuers.length === 0 ? "unchecked" : "failed";
  return { artifact: undefined, signature, obstacles, ...(unverified === undefined ? {} : { unverified }) };
}
