import type { SignatureAlgorithm } from "../vocabulary/saml-algorithms.ts";

/** A signature algorithm with the key that it is bound to. */
export interface TokenAlgorithm extends SignatureAlgorithm {
  readonly kty: "RSA" | "EC" | "OKP";
  /** The one curve that fits; undefined for RSA. */
  readonly crv: string | undefined;
}

const rsa = { kty: "RSA", crv: undefined, scheme: "RSASSA-PKCS1-v1_5", saltLength: 0 } as const;
const pss = { kty: "RSA", crv: undefined, scheme: "RSA-PSS" } as const;
const ec = { kty: "EC", scheme: "ECDSA", saltLength: 0 } as const;
const ed = { kty: "OKP", crv: "Ed25519", scheme: "Ed25519", hash: "SHA-512", saltLength: 0 } as const;

const KNOWN: readonly TokenAlgorithm[] = [
  { names: ["RS256"], ...rsa, hash: "SHA-256" },
  { names: ["RS384"], ...rsa, hash: "SHA-384" },
  { names: ["RS512"], ...rsa, hash: "SHA-512" },
  { names: ["PS256"], ...pss, hash: "SHA-256", saltLength: 32 },
  { names: ["PS384"], ...pss, hash: "SHA-384", saltLength: 48 },
  { names: ["PS512"], ...pss, hash: "SHA-512", saltLength: 64 },
  { names: ["ES256"], ...ec, crv: "P-256", hash: "SHA-256" },
  { names: ["ES384"], ...ec, crv: "P-384", hash: "SHA-384" },
  { names: ["ES512"], ...ec, crv: "P-521", hash: "SHA-512" },
  { names: ["EdDSA", "Ed25519"], ...ed },
];

/** Signature algorithms that can be checked at all, all asymmetric, by name. RFC 7518 §3.1, RFC 8037, RFC 9864. */
export const ALGORITHMS: ReadonlyMap<string, TokenAlgorithm> = new Map(
  KNOWN.flatMap((algorithm) => algorithm.names.map((name) => [name, algorithm] as const)),
);

/** Whether a key marked for one algorithm may check another: only the two names of the same Ed25519. RFC 9864 §2. */
export function sameAlgorithm(marked: unknown, alg: string): boolean {
  return (
    marked === alg || (typeof marked === "string" && (ALGORITHMS.get(alg)?.names.includes(marked) ?? false))
  );
}
