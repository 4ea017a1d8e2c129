import { createHash, sign, type KeyObject } from "node:crypto";
import {
  bitString,
  integer,
  isTrue,
  noParameters,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  tagged,
  time,
  utf8String,
} from "./der.ts";

/** A key pair that a certificate is about, or that signs one. */
export interface CertificateKey {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** From when until when a certificate is valid, seconds since the epoch. */
export interface Validity {
  readonly from: number;
  readonly until: number;
}

/** What a certificate says. */
export interface CertificateOrder {
  readonly subject: string;
  readonly publicKey: KeyObject;
  /** Name and private key of whoever signs it; RSA or P-256. */
  readonly issuer: { readonly name: string; readonly privateKey: KeyObject };
  readonly validity: Validity;
  readonly extensions: readonly Uint8Array[];
}

/** 1.2.840.113549.1.1.11, sha256WithRSAEncryption: RFC 4055 §5 wants its parameters to be NULL. */
const SHA256_WITH_RSA = sequence(objectIdentifier("2a864886f70d01010b"), noParameters());
/** 1.2.840.10045.4.3.2, ecdsa-with-SHA256: RFC 5758 §3.2 wants none. */
const ECDSA_WITH_SHA256 = sequence(objectIdentifier("2a8648ce3d040302"));
/** 2.5.4.3 */
const COMMON_NAME = objectIdentifier("550403");
/** 2.5.29.15 */
const KEY_USAGE = "551d0f";
const DIGITAL_SIGNATURE = bitString(Buffer.from([0x80]), 7);

const TEN_YEARS_SECONDS = 10 * 365 * 86_400;

function name(commonName: string): Buffer {
  return sequence(setOf(sequence(COMMON_NAME, utf8String(commonName))));
}

/**
 * RFC 5280 §4.1.2.2: positive, 20 octets at most, another one for each certificate of an issuer. It follows from what is
 * certified, so that two who share a key make the same certificate of it.
 */
function serialNumber(certified: Uint8Array): Buffer {
  const [first = 0, ...rest] = createHash("sha256").update(certified).digest().subarray(0, 16);
  return integer((first & 0x7f) | 0x40, ...rest);
}

/**
 * One extension of a certificate.
 *
 * @param id hex digits of its object identifier
 * @param weight whoever does not know a critical one has to refuse the certificate
 */
export function extension(id: string, weight: "critical" | "plain", value: Uint8Array): Buffer {
  const critical = weight === "critical" ? [isTrue()] : [];
  return sequence(objectIdentifier(id), ...critical, octetString(value));
}

/** Critical key usage with the one bit `digitalSignature`. */
export function signsOnly(): Buffer {
  return extension(KEY_USAGE, "critical", DIGITAL_SIGNATURE);
}

/**
 * Makes an X.509 certificate of version 3.
 *
 * @returns PEM
 * @see RFC 5280 §4.1
 */
export function makeCertificate(order: CertificateOrder): string {
  const { subject, publicKey, issuer, validity, extensions } = order;
  const algorithm = issuer.privateKey.asymmetricKeyType === "ec" ? ECDSA_WITH_SHA256 : SHA256_WITH_RSA;
  const certified = [
    algorithm,
    name(issuer.name),
    sequence(time(validity.from), time(validity.until)),
    name(subject),
    publicKey.export({ type: "spki", format: "der" }),
    tagged(3, sequence(...extensions)),
  ];
  const serial = serialNumber(Buffer.concat(certified));
  const toBeSigned = sequence(tagged(0, integer(2)), serial, ...certified);
  const signature = sign("sha256", toBeSigned, issuer.privateKey);
  const certificate = sequence(toBeSigned, algorithm, bitString(signature));
  const lines = certificate.toString("base64").match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}

/**
 * Makes a self-signed X.509 certificate for a key, valid for ten years before and after now: made anew at each start, it
 * never runs out, and a clock that a scenario moved does not put it out of date.
 *
 * @param now seconds since the epoch
 * @returns PEM
 */
export function selfSignedCertificate(key: CertificateKey, commonName: string, now: number): string {
  return makeCertificate({
    subject: commonName,
    publicKey: key.publicKey,
    issuer: { name: commonName, privateKey: key.privateKey },
    validity: { from: now - TEN_YEARS_SECONDS, until: now + TEN_YEARS_SECONDS },
    extensions: [signsOnly()],
  });
}
