import type { Token } from "../artifact.ts";
import type { Policy } from "../policy.ts";
import { parseToken, splitCompact, type CompactJws } from "./jwt-compact.ts";
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
 * Reads a signed token: splits and decodes it strictly, then checks its signature with the keys of its issuer.
 *
 * @param jwt compact JWS, as it was received
 * @param policy trusted issuers and accepted algorithms; nothing is fetched
 * @returns the token, or what kept it from being read; a bad token never throws
 * @see RFC 7515 §5.2, RFC 7519 §7.2, RFC 8725 §3
 */
export async function readToken(jwt: string, policy: Policy): Promise<Reading<Token>> {
  const jws = splitCompact(jwt);
  if ("obstacle" in jws) return unread([jws.obstacle], policy);
  const token = parseToken(jws.value);
  if ("obstacle" in token) return unread([token.obstacle], policy);
  const obstacles = headerObstacles(jws.value, token.value.header, policy);
  if (policy.issuers.length === 0) {
    return { artifact: token.value, signature: "unchecked", obstacles: [...obstacles, UNCHECKED] };
  }
  return obstacles.length > 0 ? unread(obstacles, policy) : verify(jws.value, token.value, policy);
}

async function verify(jws: CompactJws, token: Token, policy: Policy): Promise<Reading<Token>> {
  // The claim is not believed yet: it only says whose keys to try.
  const issuers = issuersFor(token.claims.iss, policy.issuers);
  const failure = await checkSignature(jws, token.header, issuers, policy);
  if (failure !== undefined) return unread([failure], policy);
  return { artifact: token, signature: "verified", obstacles: [] };
}

function unread(obstacles: readonly Obstacle[], policy: Policy): Reading<Token> {
  const signature = policy.issuers.length === 0 ? "unchecked" : "failed";
  return { artifact: undefined, signature, obstacles };
}
