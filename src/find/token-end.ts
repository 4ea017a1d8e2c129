import { textBehind } from "./base64-text.ts";

/** Characters of base64url that a signature takes, by algorithm: RFC 7518 §3.2 to §3.5, RFC 8037 §3.1. */
const SIGNATURE_LENGTHS: ReadonlyMap<string, readonly number[]> = new Map<string, readonly number[]>([
  // Keys of 2048, 3072 and 4096 bits.
  ...["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"].map((alg) => [alg, [342, 512, 683]] as const),
  ["ES256", [86]],
  ["ES384", [128]],
  ["ES512", [176]],
  ["EdDSA", [86, 152]],
  ["Ed25519", [86]],
  ["HS256", [43]],
  ["HS384", [64]],
  ["HS512", [86]],
  ["none", [0]],
]);
const ALGORITHM = /"alg"\s{0,9}:\s{0,9}"(\w{1,16})"/;

/** Lengths of a whole signature under the header of a token; empty when the header does not tell. */
export function signatureLengths(header: string): readonly number[] {
  const text = textBehind(header);
  const algorithm = typeof text === "string" ? ALGORITHM.exec(text)?.[1] : undefined;
  return SIGNATURE_LENGTHS.get(algorithm ?? "") ?? [];
}

/** Whether a text ends with a signature as long as its algorithm makes it: what follows is no part of the token. */
export function signatureEnds(token: string): boolean {
  const [header = "", claims, signature, more] = token.split(".", 4);
  if (claims === undefined || signature === undefined || more !== undefined) return false;
  return signatureLengths(header).includes(signature.length);
}
