import type { JsonObject } from "../artifact.ts";
import type { Policy, TrustedIssuer } from "../policy.ts";
import { quote } from "../quote.ts";
import { ALGORITHMS, type TokenAlgorithm } from "./jwt-algorithms.ts";
import type { CompactJws } from "./jwt-compact.ts";
import { contradictsItsCertificate } from "./jwk-certificate.ts";
import { candidateKeys, type CandidateKey } from "./jwt-keys.ts";
import type { Obstacle, ObstacleKind } from "./reading.ts";
import { rsaWeakness } from "./rsa-strength.ts";
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
    name: alg,
    algorithm,
    minRsaBits: Math.max(RSA_FLOOR_BITS, policy.minRsaBits),
    bytes: encodeUtf8(jws.signedText),
    signature: jws.signature,
  };
  const answers: KeyAnswer[] = [];
  for (const key of keys) {
    const answer = await tryKey(attempt, key);
    if (answer.kind === "verified") return undefined;
    answers.push(answer);
  }
  const told = (["contradictory", "refused", "weak"] as const)
    .map((kind) => answers.find((answer) => answer.kind === kind))
    .find((answer) => answer !== undefined);
  if (told?.kind === "contradictory") return obstacle("key-contradictory", "/header/kid", CONTRADICTORY);
  if (told?.kind === "refused") return obstacle("signature-invalid", "/signature", refusedBy(keys.length));
  if (told?.kind === "weak") return obstacle("key-weak", "/header/kid", `the key ${told.reason}`);
  return obstacle(
    "key-untrusted",
    "/header/kid",
    `no trusted key of the issuer fits ${alg} with kid ${quote(kid)}`,
  );
}

/** What one key is tried on. */
interface Attempt {
  /** JOSE name of the algorithm. */
  readonly name: string;
  readonly algorithm: TokenAlgorithm;
  readonly minRsaBits: number;
  readonly bytes: Uint8Array;
  readonly signature: Uint8Array;
}

/**
 * What came of one key: it verified, its JWK brings the certificate of another key, the signature is not its own, it is
 * too weak, it cannot be used.
 */
type KeyAnswer =
  | { readonly kind: "verified" | "contradictory" | "refused" | "unusable" }
  | { readonly kind: "weak"; readonly reason: string };

const CONTRADICTORY =
  "the key that verifies brings along an x5c that certifies another key, or none; the first certificate must be of this key";

async function tryKey(
  { name, algorithm, minRsaBits, bytes, signature }: Attempt,
  candidate: CandidateKey,
): Promise<KeyAnswer> {
  const key = await candidate.load();
  if (key === undefined) return { kind: "unusable" };
  const reason = await rsaWeakness(key, minRsaBits);
  if (reason !== undefined) return { kind: "weak", reason };
  if (!(await verifies(algorithm, key, signature, bytes))) return { kind: "refused" };
  const { jwk } = candidate;
  const contradictory = jwk !== undefined && (await contradictsItsCertificate(jwk, key, name));
  return { kind: contradictory ? "contradictory" : "verified" };
}

function refusedBy(keys: number): string {
  return keys === 1
    ? "the signature does not verify with the issuer's key"
    : `the signature verifies with none of the issuer's ${keys} keys that fit`;
}

function obstacle(kind: ObstacleKind, at: string, message: string): Obstacle {
  return { kind, at, message };
}
