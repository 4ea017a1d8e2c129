import { exportJWK, generateKeyPair, type JWK, jwtVerify, createLocalJWKSet, SignJWT } from "jose";
import { judgeIdToken, policies } from "../src/index.ts";
import type { Validate } from "./control.ts";

const ISSUER = "https://idp.bench.example";
const AUDIENCE = "bench-client";
const NONCE = "n-1";

/** One key, what signs with it, and the two validators that trust it. */
export interface TokenBench {
  /** Signs a good ID token with this `amr`; no two subjects are the same token. */
  readonly sign: (subject: string, amr: readonly string[]) => Promise<string>;
  readonly ours: Validate;
  readonly jose: Validate;
}

/** Makes a key and the validators. @param now seconds since the epoch */
export async function makeTokenBench(now: number): Promise<TokenBench> {
  const { publicKey, privateKey } = await generateKeyPair("RS256", { extractable: true });
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: "bench", alg: "RS256", use: "sig" }] };
  const sign = async (subject: string, amr: readonly string[]): Promise<string> =>
    await new SignJWT({ amr, nonce: NONCE, auth_time: now, name: "A. Gent", sub: subject })
      .setProtectedHeader({ alg: "RS256", kid: "bench", typ: "JWT" })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setIssuedAt(now)
      .setExpirationTime(now + 3600)
      .sign(privateKey);
  return { sign, ours: judgeWith(jwks, now), jose: verifyWith(jwks) };
}

interface Jwks {
  readonly keys: readonly (JWK & Readonly<Record<string, unknown>>)[];
}

function judgeWith(jwks: Jwks, now: number): Validate {
  const trust = { issuers: [{ issuer: ISSUER, jwks }], audiences: [AUDIENCE], nonce: NONCE };
  const policy = { ...policies.oidc, ...trust };
  return async (token) => {
    const { verdict, reason } = await judgeIdToken(token, policy, now);
    if (verdict !== "compliant") throw new Error(`${verdict}: ${reason}`);
  };
}

function verifyWith({ keys }: Jwks): Validate {
  const keySet = createLocalJWKSet({ keys: [...keys] });
  return async (token) => {
    await jwtVerify(token, keySet, { issuer: ISSUER, audience: AUDIENCE });
  };
}

/** The same token with one byte of the claims changed and the signature kept. */
export function tamperToken(token: string): string {
  const [header = "", payload = "", signature = ""] = token.split(".");
  const claims = Buffer.from(payload, "base64url").toString("utf8").replace("A. Gent", "B. Gent");
  return [header, Buffer.from(claims).toString("base64url"), signature].join(".");
}
