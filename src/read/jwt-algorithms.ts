/** The key that a signature algorithm needs. */
export interface AlgorithmKey {
  readonly kty: "RSA" | "EC" | "OKP";
  readonly crv?: string;
}

const RSA: AlgorithmKey = { kty: "RSA" };
const ED25519: AlgorithmKey = { kty: "OKP", crv: "Ed25519" };

/** Signature algorithms that can be checked at all, with the key each is bound to. RFC 7518 §3.1, RFC 8037, RFC 9864. */
export const ALGORITHMS: ReadonlyMap<string, AlgorithmKey> = new Map<string, AlgorithmKey>([
  ["RS256", RSA],
  ["RS384", RSA],
  ["RS512", RSA],
  ["PS256", RSA],
  ["PS384", RSA],
  ["PS512", RSA],
  ["ES256", { kty: "EC", crv: "P-256" }],
  ["ES384", { kty: "EC", crv: "P-384" }],
  ["ES512", { kty: "EC", crv: "P-521" }],
  ["EdDSA", ED25519],
  ["Ed25519", ED25519],
]);

/** Whether a key marked for one algorithm may check another: only the two names of the same Ed25519 (RFC 9864). */
export function sameAlgorithm(marked: unknown, alg: string): boolean {
  return marked === alg || (isEd25519(marked) && isEd25519(alg));
}

function isEd25519(alg: unknown): boolean {
  return alg === "EdDSA" || alg === "Ed25519";
}
