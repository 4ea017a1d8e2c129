/** Hash functions, by the name WebCrypto has for them. */
export type HashName = "SHA-256" | "SHA-384" | "SHA-512";

/** How a signature algorithm of XML Signature is verified, and what JOSE calls it. */
export interface SignatureAlgorithm {
  /** JOSE names: the policy must list at least one of them. */
  readonly names: readonly string[];
  readonly scheme: "RSASSA-PKCS1-v1_5" | "RSA-PSS" | "ECDSA" | "Ed25519";
  readonly hash: HashName;
  /** Salt length of RSA-PSS in bytes, 0 for the others: the length of the hash (RFC 9231 §2.3.10). */
  readonly saltLength: number;
}

const MORE_2001 = "http://www.w3.org/2001/04/xmldsig-more#";
const MORE_2007 = "http://www.w3.org/2007/05/xmldsig-more#";

function algorithm(
  scheme: SignatureAlgorithm["scheme"],
  hash: HashName,
  names: readonly string[],
  saltLength = 0,
): SignatureAlgorithm {
  return { scheme, hash, names, saltLength };
}

/** Allowed SignatureMethod identifiers (RFC 9231 §2.3): asymmetric, SHA-2 or better. */
export const SIGNATURE_ALGORITHMS: ReadonlyMap<string, SignatureAlgorithm> = new Map([
  [`${MORE_2001}rsa-sha256`, algorithm("RSASSA-PKCS1-v1_5", "SHA-256", ["RS256"])],
  [`${MORE_2001}rsa-sha384`, algorithm("RSASSA-PKCS1-v1_5", "SHA-384", ["RS384"])],
  [`${MORE_2001}rsa-sha512`, algorithm("RSASSA-PKCS1-v1_5", "SHA-512", ["RS512"])],
  [`${MORE_2001}ecdsa-sha256`, algorithm("ECDSA", "SHA-256", ["ES256"])],
  [`${MORE_2001}ecdsa-sha384`, algorithm("ECDSA", "SHA-384", ["ES384"])],
  [`${MORE_2001}ecdsa-sha512`, algorithm("ECDSA", "SHA-512", ["ES512"])],
  [`${MORE_2007}sha256-rsa-MGF1`, algorithm("RSA-PSS", "SHA-256", ["PS256"], 32)],
  [`${MORE_2007}sha384-rsa-MGF1`, algorithm("RSA-PSS", "SHA-384", ["PS384"], 48)],
  [`${MORE_2007}sha512-rsa-MGF1`, algorithm("RSA-PSS", "SHA-512", ["PS512"], 64)],
  [
    "http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519",
    algorithm("Ed25519", "SHA-512", ["EdDSA", "Ed25519"]),
  ],
]);

/** Allowed DigestMethod identifiers (XML Encryption §5.8, RFC 9231 §2.1.3). */
export const DIGEST_ALGORITHMS: ReadonlyMap<string, HashName> = new Map([
  ["http://www.w3.org/2001/04/xmlenc#sha256", "SHA-256"],
  [`${MORE_2001}sha384`, "SHA-384"],
  ["http://www.w3.org/2001/04/xmlenc#sha512", "SHA-512"],
]);

/** First transform of every SAML signature (SAML core §5.4.4). */
export const ENVELOPED_SIGNATURE = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";

/** Exclusive canonicalisation; also the namespace of InclusiveNamespaces (Exclusive XML Canonicalization §4). */
export const EXCLUSIVE_C14N = "http://www.w3.org/2001/10/xml-exc-c14n#";

/** Exclusive canonicalisation that keeps comments (Exclusive XML Canonicalization §4). */
export const EXCLUSIVE_C14N_WITH_COMMENTS: string = `${EXCLUSIVE_C14N}WithComments`;

/** Canonical XML 1.0, which XML Signature also implies where no transform says how (XML Signature §4.4.3.2). */
export const INCLUSIVE_C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";

/** Canonical XML 1.0 that keeps comments (Canonical XML §1.1). */
export const INCLUSIVE_C14N_WITH_COMMENTS: string = `${INCLUSIVE_C14N}#WithComments`;

/** Canonical XML 1.1 (Canonical XML 1.1 §1.1). */
export const INCLUSIVE_C14N_11 = "http://www.w3.org/2006/12/xml-c14n11";

/** Canonical XML 1.1 that keeps comments (Canonical XML 1.1 §1.1). */
export const INCLUSIVE_C14N_11_WITH_COMMENTS: string = `${INCLUSIVE_C14N_11}#WithComments`;
