import { randomBytes, sign, type KeyObject } from "node:crypto";

const SEQUENCE = 0x30;
const SET = 0x31;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const NULL = 0x05;
const OBJECT_IDENTIFIER = 0x06;
const UTF8_STRING = 0x0c;
const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;
/** Context-specific, constructed: `[0]` holds the version, `[3]` the extensions. */
const VERSION = 0xa0;
const EXTENSIONS = 0xa3;
const BOOLEAN = 0x01;

/** 1.2.840.113549.1.1.11 */
const SHA256_WITH_RSA = der(OBJECT_IDENTIFIER, Buffer.from("2a864886f70d01010b", "hex"));
/** 2.5.4.3 */
const COMMON_NAME = der(OBJECT_IDENTIFIER, Buffer.from("550403", "hex"));
/** 2.5.29.15 */
const KEY_USAGE = der(OBJECT_IDENTIFIER, Buffer.from("551d0f", "hex"));

const TEN_YEARS_SECONDS = 10 * 365 * 86_400;

/** One DER value: tag, length in its shortest form, content. */
function der(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const hex = body.length.toString(16);
  const length = Buffer.from(hex.padStart(hex.length + (hex.length % 2), "0"), "hex");
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, body]);
}

/** RFC 5280 §4.1.2.5: two-digit years until 2049, four-digit years from then on and before 1950. */
function time(seconds: number): Buffer {
  const date = new Date(Math.floor(seconds) * 1000);
  const digits = date.toISOString().replace(/\.\d+Z$|[-:T]/g, "");
  const year = date.getUTCFullYear();
  if (year < 1950 || year > 2049) return der(GENERALIZED_TIME, Buffer.from(`${digits}Z`));
  return der(UTC_TIME, Buffer.from(`${digits.slice(2)}Z`));
}

function name(commonName: string): Buffer {
  return der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8_STRING, Buffer.from(commonName)))));
}

/** RFC 5280 §4.1.2.2: positive, 20 octets at most. */
function serialNumber(): Buffer {
  const bytes = randomBytes(16);
  bytes.writeUInt8((bytes.readUInt8(0) & 0x7f) | 0x40, 0);
  return der(INTEGER, bytes);
}

/** Critical key usage with the one bit `digitalSignature`. */
function keyUsage(): Buffer {
  const bits = der(OCTET_STRING, der(BIT_STRING, Buffer.from([7, 0x80])));
  return der(SEQUENCE, KEY_USAGE, der(BOOLEAN, Buffer.from([0xff])), bits);
}

/**
 * Makes a self-signed X.509 certificate for an RSA key, valid for ten years before and after now: made anew at each
 * start, it never runs out, and a clock that a scenario moved does not put it out of date.
 *
 * @param now seconds since the epoch
 * @returns PEM
 * @see RFC 5280 §4.1
 */
export function selfSignedCertificate(
  key: { readonly privateKey: KeyObject; readonly publicKey: KeyObject },
  commonName: string,
  now: number,
): string {
  const algorithm = der(SEQUENCE, SHA256_WITH_RSA, der(NULL));
  const toBeSigned = der(
    SEQUENCE,
    der(VERSION, der(INTEGER, Buffer.from([2]))),
    serialNumber(),
    algorithm,
    name(commonName),
    der(SEQUENCE, time(now - TEN_YEARS_SECONDS), time(now + TEN_YEARS_SECONDS)),
    name(commonName),
    key.publicKey.export({ type: "spki", format: "der" }),
    der(EXTENSIONS, der(SEQUENCE, keyUsage())),
  );
  const signature = sign("sha256", toBeSigned, key.privateKey);
  const certificate = der(SEQUENCE, toBeSigned, algorithm, der(BIT_STRING, Buffer.from([0]), signature));
  const lines = certificate.toString("base64").match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}
