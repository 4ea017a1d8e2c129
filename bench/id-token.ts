import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify, SignJWT } from "jose";
import { judgeIdToken, policies } from "../src/index.ts";
import type { Measured } from "./goal.ts";
import { race } from "./race.ts";

const ISSUER = "https://idp.bench.example";
const AUDIENCE = "bench-client";
const NONCE = "n-1";

async function samples(now: number) {
  const { publicKey, privateKey } = await generateKeyPair("RS256", { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: "bench", alg: "RS256", use: "sig" };
  const claims = { amr: ["pwd", "otp", "mfa"], nonce: NONCE, auth_time: now, acr: "1", name: "A. Gent" };
  const sign = async (serial: number): Promise<string> =>
    await new SignJWT({ ...claims, sub: `user-${serial}` })
      .setProtectedHeader({ alg: "RS256", kid: "bench", typ: "JWT" })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setIssuedAt(now)
      .setExpirationTime(now + 3600)
      .sign(privateKey);
  // Tokens differ, so that nobody gains by remembering an answer.
  return {
    jwks: { keys: [jwk] },
    tokens: await Promise.all(Array.from({ length: 64 }, async (_, n) => await sign(n))),
  };
}

/** Goal 1: a full judgement of an ID token against jose's `jwtVerify`, one and sixteen in flight. */
export async function measureIdToken(): Promise<readonly Measured[]> {
  const now = Math.floor(Date.now() / 1000);
  const { jwks, tokens } = await samples(now);
  const keySet = createLocalJWKSet(jwks);
  const policy = {
    ...policies.oidc,
    issuers: [{ issuer: ISSUER, jwks }],
    audiences: [AUDIENCE],
    nonce: NONCE,
  };
  const ours = async (token: string): Promise<void> => {
    const { verdict } = await judgeIdToken(token, policy, now);
    if (verdict !== "compliant") throw new Error(`a figure of a judge that says ${verdict} is void`);
  };
  const theirs = async (token: string): Promise<void> => {
    await jwtVerify(token, keySet, { issuer: ISSUER, audience: AUDIENCE });
  };
  return [await measure(1, tokens, ours, theirs), await measure(16, tokens, ours, theirs)];
}

type Judge = (token: string) => Promise<void>;

async function measure(
  inFlight: number,
  tokens: readonly string[],
  ours: Judge,
  theirs: Judge,
): Promise<Measured> {
  let next = 0;
  const batch = async (judge: Judge): Promise<void> => {
    const chosen = Array.from({ length: inFlight }, () => tokens[(next += 1) % tokens.length] ?? "");
    await Promise.all(chosen.map(judge));
  };
  const rates = await race(
    async () => await batch(ours),
    async () => await batch(theirs),
  );
  return {
    goal: `1 ID token, full judgement, ${inFlight} in flight`,
    peer: "jose jwtVerify",
    ratio: rates.ours / rates.theirs,
    must: { bar: 0.9, better: "more" },
    figures: `${Math.round(rates.ours * inFlight)}/s against ${Math.round(rates.theirs * inFlight)}/s`,
  };
}
