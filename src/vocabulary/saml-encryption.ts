import { XML_ENCRYPTION, XML_ENCRYPTION_11 } from "./saml-namespaces.ts";

/** How the content of an encrypted assertion is encrypted. */
export interface ContentCipher {
  /** `AES-GCM` notices every change; `AES-CBC` notices none. */
  readonly mode: "AES-GCM" | "AES-CBC";
  /** Length of the content key, bytes. */
  readonly keyBytes: 16 | 24 | 32;
}

/** Hash of RSA-OAEP; SHA-1 is no weakness here (RFC 8017 §B.1). */
export type OaepHash = "SHA-1" | "SHA-256" | "SHA-384" | "SHA-512";

/** RSA-OAEP by its two hashes, which XML Encryption 1.1 §5.5.2 names apart. */
export interface OaepWay {
  readonly digest: OaepHash;
  readonly mask: OaepHash;
}

/** JOSE names of RSA-OAEP with the same hash for both (RFC 7518 §4.3). */
export const OAEP_NAMES: Readonly<Record<OaepHash, string>> = {
  "SHA-1": "RSA-OAEP",
  "SHA-256": "RSA-OAEP-256",
  "SHA-384": "RSA-OAEP-384",
  "SHA-512": "RSA-OAEP-512",
};

/** Type of an EncryptedData that stands for an element (XML Encryption §3.1). */
export const ENCRYPTED_ELEMENT: string = `${XML_ENCRYPTION}Element`;

/** Content encryption that can be undone (XML Encryption 1.1 §5.2): any other is refused. */
export const CONTENT_CIPHERS: ReadonlyMap<string, ContentCipher> = new Map<string, ContentCipher>([
  [`${XML_ENCRYPTION_11}aes128-gcm`, { mode: "AES-GCM", keyBytes: 16 }],
  [`${XML_ENCRYPTION_11}aes192-gcm`, { mode: "AES-GCM", keyBytes: 24 }],
  [`${XML_ENCRYPTION_11}aes256-gcm`, { mode: "AES-GCM", keyBytes: 32 }],
  [`${XML_ENCRYPTION}aes128-cbc`, { mode: "AES-CBC", keyBytes: 16 }],
  [`${XML_ENCRYPTION}aes192-cbc`, { mode: "AES-CBC", keyBytes: 24 }],
  [`${XML_ENCRYPTION}aes256-cbc`, { mode: "AES-CBC", keyBytes: 32 }],
]);

/** RSA-OAEP whose mask generation is named or SHA-1 (XML Encryption 1.1 §5.5.2). */
export const RSA_OAEP: string = `${XML_ENCRYPTION_11}rsa-oaep`;

/** RSA-OAEP whose mask generation is SHA-1 (XML Encryption §5.4.2). */
export const RSA_OAEP_MGF1P: string = `${XML_ENCRYPTION}rsa-oaep-mgf1p`;

/** Digests of RSA-OAEP (XML Encryption 1.1 §5.8). */
export const OAEP_DIGESTS: ReadonlyMap<string, OaepHash> = new Map<string, OaepHash>([
  ["http://www.w3.org/2000/09/xmldsig#sha1", "SHA-1"],
  [`${XML_ENCRYPTION}sha256`, "SHA-256"],
  ["http://www.w3.org/2001/04/xmldsig-more#sha384", "SHA-384"],
  [`${XML_ENCRYPTION}sha512`, "SHA-512"],
]);

/** Mask generation functions of RSA-OAEP, by their hash (XML Encryption 1.1 §5.5.2). */
export const OAEP_MASKS: ReadonlyMap<string, OaepHash> = new Map<string, OaepHash>([
  [`${XML_ENCRYPTION_11}mgf1sha1`, "SHA-1"],
  [`${XML_ENCRYPTION_11}mgf1sha256`, "SHA-256"],
  [`${XML_ENCRYPTION_11}mgf1sha384`, "SHA-384"],
  [`${XML_ENCRYPTION_11}mgf1sha512`, "SHA-512"],
]);
