import { createRemoteJWKSet, jwtVerify, type JWTPayload } from "jose";
import { z } from "zod";
import { CLOCK_SKEW_SECONDS } from "../access.ts";

/** Whom a relying party lets end its sessions. */
export interface LogoutTrust {
  readonly issuer: string;
  readonly jwksUri: string;
  /** Its own client id. */
  readonly audience: string;
  /** Logout tokens that were taken before. */
  readonly used: UsedTokens;
}

/** Remembers tokens by their id; the oldest are forgotten. */
export interface UsedTokens {
  /** Whether a token is used for the first time. */
  readonly isNew: (issuer: string, id: string) => boolean;
}

/** Whose sessions a logout token ends: one session, or all of a subject. */
export interface EndedSession {
  readonly issuer: string;
  readonly subject: string | undefined;
  readonly session: string | undefined;
}

/** What ID tokens are signed with when a relying party registers nothing else. */
const ALGORITHM = "RS256";

const EVENT = "http://schemas.openid.net/event/backchannel-logout";

const USED_LIMIT = 1000;

const claimsSchema = z.object({
  iat: z.number(),
  jti: z.string().min(1),
  events: z.object({ [EVENT]: z.record(z.string(), z.unknown()) }),
  sub: z.string().min(1).optional(),
  sid: z.string().min(1).optional(),
});

/** Makes an empty memory. */
export function makeUsedTokens(): UsedTokens {
  const used = new Set<string>();
  return {
    isNew: (issuer, id) => {
      const key = JSON.stringify([issuer, id]);
      if (used.has(key)) return false;
      used.add(key);
      const [oldest] = used;
      if (used.size > USED_LIMIT && oldest !== undefined) used.delete(oldest);
      return true;
    },
  };
}

/** A token of another kind must not end a session, nor this one begin any (RFC 8725 §3.11). */
function checkType(type: string | undefined): void {
  const known = [undefined, "jwt", "logout+jwt"];
  if (!known.includes(type?.toLowerCase().replace(/^application\//, ""))) {
    throw new Error(`the token is of type ${type ?? ""}`);
  }
}

function readClaims(payload: JWTPayload): z.output<typeof claimsSchema> {
  if ("nonce" in payload) throw new Error("a logout token has no nonce");
  const parsed = claimsSchema.safeParse(payload);
  if (!parsed.success) {
    const names = parsed.error.issues.map(({ path }) => path.join("."));
    throw new Error(`the logout token lacks a usable ${names.join(" and ")}`);
  }
  return parsed.data;
}

/**
 * Verifies a logout token.
 *
 * @param now seconds since the epoch
 * @throws Error with the reason when it must not be obeyed
 * @see OpenID Connect Back-Channel Logout 1.0 §2.6
 */
export async function readLogoutToken(token: string, trust: LogoutTrust, now: number): Promise<EndedSession> {
  const { issuer, audience, jwksUri, used } = trust;
  const { payload, protectedHeader } = await jwtVerify(token, createRemoteJWKSet(new URL(jwksUri)), {
    issuer,
    audience,
    algorithms: [ALGORITHM],
    clockTolerance: CLOCK_SKEW_SECONDS,
    currentDate: new Date(now * 1000),
    requiredClaims: ["exp"],
  });
  checkType(protectedHeader.typ);
  const { iat, jti, sub, sid } = readClaims(payload);
  if (iat > now + CLOCK_SKEW_SECONDS) throw new Error("the logout token's iat lies in the future");
  if (sub === undefined && sid === undefined) throw new Error("the logout token names nobody");
  if (!used.isNew(issuer, jti)) throw new Error("the logout token was used before");
  return { issuer, subject: sub, session: sid };
}
