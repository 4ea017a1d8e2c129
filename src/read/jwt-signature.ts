import type { CryptoKey } from "jose";
import type { JsonObject } from "../artifact.ts";
import type { Policy, TrustedIssuer } from "../policy.ts";
import { quote } from "../quote.ts";
import { ALGORITHMS, type TokenAlgorithm } from "./jwt-algorithms.ts";
import type { CompactJws } from "./jwt-compact.ts";
import { candidateKeys, type CandidateKey } from "./jwt-keys.ts";
import type { Obstacle, ObstacleKind } from "./reading.ts";
import { encodeUtf8, verifies } from "./web-crypto.ts";

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
  const algorithm = typeof alg === "string" ? ALGORITHMS.get(alg) : undefined;
  if (typeof alg !== "string" || algorithm === undefined) {
    return obstacle("algorithm-forbidden", "/header/alg", `alg is ${quote(alg)}, which cannot be checked`);
  }
  const keys = candidateKeys(issuers, alg, typeof kid === "string" ? kid : undefined);
  const attempt: Attempt = {
    algorithm,
    minRsaBits: Math.max(RSA_FLOOR_BITS, policy.minRsaBits),
    bytes: encodeUtf8(jws.signedText),
    signature: jws.signature,
  };
  const answers = new Set<KeyAnswer>();
  for (const key of keys) {
    const answer = await tryKey(attempt, key);
    if (answer === "verified") return undefined;
    answers.add(answer);
  }
  if (answers.has("refused")) return obstacle("signature-invalid", "/signature", refusedBy(keys.length));
  if (answers.has("weak")) {
    return obstacle(
      "key-weak",
      "/header/kid",
      `the RSA key has fewer than the ${attempt.minRsaBits} bits wanted`,
    );
  }
  return obstacle(
    "key-untrusted",
    "/header/kid",
    `no trusted key of the issuer fits ${alg} with kid ${quote(kid)}`,
  );
}

/** What one key is tried on. */
interface Attempt {
  readonly algorithm: TokenAlgorithm;
  readonly minRsaBits: number;
  readonly bytes: Uint8Array;
  readonly signature: Uint8Array;
}

/** What came of one key: it verified, the signature is not its own, it is too weak, it cannot be used. */
type KeyAnswer = "verified" | "refused" | "weak" | "unusable";

async function tryKey(
  { algorithm, minRsaBits, bytes, signature }: Attempt,
  candidate: CandidateKey,
): Promise<KeyAnswer> {
  const key = await candidate.load();
  if (key === undefined) return "unusable";
  if (algorithm.kty === "RSA" && rsaBits(key) < minRsaBits) return "weak";
  return (await verifies(algorithm, key, signature, bytes)) ? "verified" : "refused";
}

function rsaBits({ algorithm }: CryptoKey): number {
  return "modulusLength" in algorithm && typeof algorithm.modulusLength === "number"
    ? algorithm.modulusLength
    : 0;
}

function refusedBy(keys: number): string {
  return keys === 1
    ? "the signature does not verify with the issuer's key"
    : `the signature verifies with none of the issuer's ${keys} keys that fit`;
}

function obstacle(kind: ObstacleKind, at: string, message: string): Obstacle {
  return { kind, at, message };
}
