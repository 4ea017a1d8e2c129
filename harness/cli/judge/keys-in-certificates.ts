import {
  createPrivateKey,
  createPublicKey,
  type JsonWebKey,
  type KeyObject,
  X509Certificate,
} from "node:crypto";
import type { TrustedIssuer } from "../../../src/index.ts";
import { type KeyRefusal, PKCS12, PKCS7, PRIVATE_KEY } from "./key-refusal.ts";

type Found = readonly TrustedIssuer[] | KeyRefusal;

const PEM_BLOCK = /-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*)-----END \1-----/g;
const CERTIFICATE_LABELS = ["CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"];
const SEQUENCE = 0x30;
/** The identifier of signed data, 1.2.840.113549.1.7.2 (RFC 5652 §5.1), in DER. */
const SIGNED_DATA = [6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 2];

/** Certificates and public keys in PEM; undefined when there is no PEM. */
export function keysInPem(text: string): Found | undefined {
  const blocks = [...text.replaceAll("\\n", "\n").matchAll(PEM_BLOCK)];
  if (blocks.length === 0) {
    return text.includes("-----BEGIN ") ? { is: "the PEM in it has no end, or was cut off" } : undefined;
  }
  const certificates = blocks.filter(([, label = ""]) => CERTIFICATE_LABELS.includes(label));
  const read = certificates.flatMap(([block]) =>
    readCertificate(block.replaceAll(/(?:X509|TRUSTED) (?=CERTIFICATE-)/g, "")),
  );
  const publicKeys = blocks.filter(([, label = ""]) => / ?PUBLIC KEY$/.test(label) && !/SSH|PGP/.test(label));
  const jwks = publicKeys.flatMap(([block]) => readPublicKey(() => createPublicKey(block)));
  if (read.length > 0 || jwks.length > 0) return [issuerOf(read, jwks)];
  if (certificates.length > 0) return { is: "the certificate in it cannot be read" };
  if (publicKeys.length > 0) return UNUSABLE;
  return nameOfBlock(blocks.map(([, label = ""]) => label));
}

const UNUSABLE: KeyRefusal = {
  is: "the public key in it is of a kind that signs no token or response: RSA, EC (P-256, P-384, P-521) and Ed25519 do",
};

function nameOfBlock(labels: readonly string[]): KeyRefusal {
  if (labels.some((label) => label.endsWith("PRIVATE KEY"))) return PRIVATE_KEY;
  if (labels.some((label) => /^(?:PKCS7|CMS)$/.test(label))) return PKCS7;
  if (labels.some((label) => label.endsWith("CERTIFICATE REQUEST"))) {
    return { is: "it is a request for a certificate", hint: "Name the certificate that was issued on it." };
  }
  return { is: `it holds ${labels[0] ?? "PEM"}, which is neither a certificate nor a public key` };
}

function issuerOf(certificates: readonly string[], keys: readonly JsonWebKey[]): TrustedIssuer {
  return {
    ...(certificates.length === 0 ? {} : { certificates }),
    ...(keys.length === 0 ? {} : { jwks: { keys: keys.map((key) => ({ ...key })) } }),
  };
}

/** A certificate or public key in DER; undefined when the bytes are no DER. */
export function keysInDer(bytes: Uint8Array): Found | undefined {
  if (bytes[0] === 0xfe && bytes[1] === 0xed && bytes[2] === 0xfe) {
    const hint =
      "Take the certificate out of it: keytool -exportcert -rfc -keystore <file> -alias <name> -file certificate.pem";
    return { is: "it is a key store of Java", hint };
  }
  if (bytes[0] !== SEQUENCE || lengthOf(bytes) === undefined) return undefined;
  const certificates = readCertificate(bytes);
  if (certificates.length > 0) return [{ certificates }];
  const key = Buffer.from(bytes);
  // Asked first: a public key can be made of a private one, too.
  if (isPrivate(key)) return PRIVATE_KEY;
  const keys = (["spki", "pkcs1"] as const).flatMap((type) =>
    readPublicKey(() => createPublicKey({ key, format: "der", type })),
  );
  return keys.length > 0 ? [issuerOf([], keys.slice(0, 1))] : nameOfDer(bytes);
}

function nameOfDer(bytes: Uint8Array): KeyRefusal {
  const start = contentStart(bytes);
  const begins = (expected: readonly number[]): boolean =>
    expected.every((byte, index) => bytes[start + index] === byte);
  if (begins([2, 1, 3, SEQUENCE])) return PKCS12;
  if (begins(SIGNED_DATA)) return PKCS7;
  return { is: "it is DER, and neither a certificate nor a public key that signs" };
}

function isPrivate(key: Buffer): boolean {
  return (["pkcs8", "pkcs1", "sec1"] as const).some((type) => {
    try {
      createPrivateKey({ key, format: "der", type });
      return true;
    } catch {
      return false;
    }
  });
}

/** Certificates or a public key in base64, alone or in a listing, as metadata and shells show them. */
export function keysInBase64(text: string): Found | undefined {
  const certificates = certificatesInText(text);
  const issuer = /\bIssuerUri["']?\s*[:=]\s*["']?([^\s"',]+)/i.exec(text)?.[1];
  if (certificates.length > 0) return [{ ...(issuer === undefined ? {} : { issuer }), certificates }];
  const compact = text.replaceAll(/\s+/g, "");
  return /^M[A-Za-z0-9+/]{40,}={0,2}$/.test(compact) ? keysInDer(Buffer.from(compact, "base64")) : undefined;
}

/** Certificates in a text, as PEM: in PEM already, or in base64 with line breaks anywhere. */
export function certificatesInText(text: string): readonly string[] {
  if (text.includes("-----BEGIN ")) {
    const found = keysInPem(text);
    return found === undefined || "is" in found ? [] : (found[0]?.certificates ?? []);
  }
  const certificates: string[] = [];
  const begin = /(?<![A-Za-z0-9+/])MI[A-P]/g;
  for (let match = begin.exec(text); match !== null; match = begin.exec(text)) {
    const bytes = derAt(text, match.index);
    const [certificate] = bytes === undefined ? [] : readCertificate(bytes);
    if (certificate !== undefined) certificates.push(certificate);
  }
  return certificates;
}

/** Longest certificate that is read, bytes. */
const MAX_CERTIFICATE = 16 * 1024;

/** The DER that base64 stands for from an index on: it says itself how long it is. */
function derAt(text: string, index: number): Uint8Array | undefined {
  const stretch = text.slice(index, index + 4 * MAX_CERTIFICATE).replaceAll(/\s+/g, "");
  const bytes = Buffer.from(/^[A-Za-z0-9+/]*={0,2}/.exec(stretch)?.[0] ?? "", "base64");
  const length = lengthOf(bytes);
  return length === undefined || length > bytes.length ? undefined : bytes.subarray(0, length);
}

/** The length of a DER value, its head included; undefined when the head tells none. */
function lengthOf(bytes: Uint8Array): number | undefined {
  const first = bytes[1];
  if (bytes[0] !== SEQUENCE || first === undefined || first === 0x80 || first > 0x84) return undefined;
  if (first < 0x80) return 2 + first;
  const start = contentStart(bytes);
  return start + bytes.subarray(2, start).reduce((length, byte) => 256 * length + byte, 0);
}

function contentStart(bytes: Uint8Array): number {
  const first = bytes[1] ?? 0;
  return first < 0x80 ? 2 : 2 + first - 0x80;
}

function readCertificate(source: string | Uint8Array): readonly string[] {
  try {
    return [new X509Certificate(source).toString()];
  } catch {
    return [];
  }
}

function readPublicKey(read: () => KeyObject): readonly JsonWebKey[] {
  try {
    return [read().export({ format: "jwk" })];
  } catch {
    return [];
  }
}
