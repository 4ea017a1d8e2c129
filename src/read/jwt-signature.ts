import type { JsonObject } from "../artifact.ts";
import type { Policy, TrustedIssuer } from "../policy.ts";
import { quote } from "../quote.ts";
import { ALGORITHMS, type TokenAlgorithm } from "./jwt-algorithms.ts";
import type { CompactJws } from "./jwt-compact.ts";
import { contradictsItsCertificate } from "./jwk-certificate.ts";
import { isTrustedKid, trustedKidsInWords } from "./jwt-key-names.ts";
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
  if (told?.kind === "refused") return refused(keys.length, kid, issuers);
  if (told?.kind === "weak") return obstacle("key-weak", "/header/kid", `the key ${told.reason}`);
  return obstacle("key-untrusted", "/header/kid", noKeyFor(alg, kid, issuers));
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

/** Where the kid is unknown, keys without one were tried: the token may be signed with a key that is not trusted yet. */
const UNKNOWN_KID_FIX =
  "If the issuer has rolled its keys over, fetch its current JWK Set and trust the keys that stand there, never one from a token. If the kid is not there either, the issuer did not publish the key that signed.";

function refused(keys: number, kid: unknown, issuers: readonly TrustedIssuer[]): Obstacle {
  const message =
    keys === 1
      ? "the signature does not verify with the issuer's key"
      : `the signature verifies with none of the issuer's ${keys} keys that fit`;
  const found = obstacle("signature-invalid", "/signature", message);
  if (typeof kid !== "string" || isTrustedKid(kid, issuers)) return found;
  const unknown = `kid is ${quote(kid)}, and ${trustedKidsInWords(issuers, kid)}`;
  return { ...found, message: `${message}; ${unknown}`, fix: UNKNOWN_KID_FIX };
}

function noKeyFor(alg: string, kid: unknown, issuers: readonly TrustedIssuer[]): string {
  const none = `no trusted key of the issuer fits ${alg}`;
  if (kid === undefined) return `${none}, and the header has no kid; ${trustedKidsInWords(issuers, kid)}`;
  const named = `${none} with kid ${quote(kid)}`;
  return isTrustedKid(kid, issuers)
    ? `${named}: the trusted key of that kid cannot be used for ${alg}`
    : `${named}; ${trustedKidsInWords(issuers, kid)}`;
}

function obstacle(kind: ObstacleKind, at: string, message: string): Obstacle {
  return { kind, at, message };
}
