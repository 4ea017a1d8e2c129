import type { CryptoKey } from "jose";
import { compactVerify } from "jose/jws/compact/verify";
import type { JsonObject } from "../artifact.ts";
import type { Policy, TrustedIssuer } from "../policy.ts";
import { quote } from "../quote.ts";
import type { CompactJws } from "./jwt-compact.ts";
import { candidateKeys, type CandidateKey } from "./jwt-keys.ts";
import type { Obstacle, ObstacleKind } from "./reading.ts";

/** Below this RFC 7518 §3.3 forbids RSA, whatever a policy says. */
const RSA_FLOOR_BITS = 2048;

/**
 * Checks the signature of a token against the keys of the given issuers.
 *
 * @param header the decoded header, already free of obstacles
 * @returns undefined when one key verifies it, else why none does
 */
export async function checkSignature(
  jws: CompactJws,
  header: JsonObject,
  issuers: readonly TrustedIssuer[],
  policy: Policy,
): Promise<Obstacle | undefined> {
  const { alg, kid } = header;
  if (typeof alg !== "string") return obstacle("algorithm-forbidden", "/header/alg", "alg is not a string");
  const keys = candidateKeys(issuers, alg, typeof kid === "string" ? kid : undefined);
  const minBits = Math.max(RSA_FLOOR_BITS, policy.minRsaBits);
  const answers = new Set<KeyAnswer>();
  for (const key of keys) {
    const answer = await tryKey(jws.text, alg, key, minBits);
    if (answer === "verified") return undefined;
    answers.add(answer);
  }
  if (answers.has("refused")) return obstacle("signature-invalid", "/signature", refusedBy(keys.length));
  if (answers.has("weak")) {
    return obstacle("key-weak", "/header/kid", `the RSA key is shorter than the ${minBits} bits wanted`);
  }
  return obstacle(
    "key-untrusted",
    "/header/kid",
    `no trusted key of the issuer fits ${alg} with kid ${quote(kid)}`,
  );
}

/** What came of one key: it verified, the signature is not its own, it is too weak, it cannot be used. */
type KeyAnswer = "verified" | "refused" | "weak" | "unusable";

async function tryKey(
  text: string,
  alg: string,
  candidate: CandidateKey,
  minBits: number,
): Promise<KeyAnswer> {
  const key = await candidate.load();
  if (key === undefined) return "unusable";
  if ((rsaBits(key) ?? minBits) < minBits) return "weak";
  try {
    await compactVerify(text, key, { algorithms: [alg] });
    return "verified";
  } catch {
    // Whatever the reason, this key did not vouch for the token.
    return "refused";
  }
}

function rsaBits({ algorithm }: CryptoKey): number | undefined {
  return "modulusLength" in algorithm && typeof algorithm.modulusLength === "number"
    ? algorithm.modulusLength
    : undefined;
}

function refusedBy(keys: number): string {
  return keys === 1
    ? "the signature does not verify with the issuer's key"
    : `the signature verifies with none of the issuer's ${keys} keys that fit`;
}

function obstacle(kind: ObstacleKind, at: string, message: string): Obstacle {
  return { kind, at, message };
}
