import {
  constants,
  createCipheriv,
  createHash,
  createPublicKey,
  publicEncrypt,
  randomBytes,
  type CipherGCMTypes,
} from "node:crypto";
import type { SampleKey } from "./signed-saml.ts";

const XENC = "http://www.w3.org/2001/04/xmlenc#";
const XENC_11 = "http://www.w3.org/2009/xmlenc11#";
const DS = "http://www.w3.org/2000/09/xmldsig#";

/** Content encryption by its identifier, as Node names it. */
const CONTENT = {
  "aes128-gcm": { uri: `${XENC_11}aes128-gcm`, bytes: 16 },
  "aes192-gcm": { uri: `${XENC_11}aes192-gcm`, bytes: 24 },
  "aes256-gcm": { uri: `${XENC_11}aes256-gcm`, bytes: 32 },
  "aes128-cbc": { uri: `${XENC}aes128-cbc`, bytes: 16 },
  "aes192-cbc": { uri: `${XENC}aes192-cbc`, bytes: 24 },
  "aes256-cbc": { uri: `${XENC}aes256-cbc`, bytes: 32 },
} as const;

/** How a sample is encrypted; each member has a usual value. */
export interface EncryptionOptions {
  readonly content?: keyof typeof CONTENT;
  /** Hash of RSA-OAEP for both digest and mask generation; `none` is RSA 1.5. */
  readonly oaep?: "sha1" | "sha256" | "sha384" | "sha512" | "none";
  /** Hash of the mask generation where it is another than that of the digest. */
  readonly mask?: "sha1" | "sha256" | "sha384" | "sha512";
  /** EncryptionMethod of the key as it is written, with what is in it; by default what fits `oaep`. */
  readonly keyMethod?: string;
  readonly label?: string;
  /** Where the key stands: inside the data, as most do, or beside it. */
  readonly keyPlace?: "inside" | "beside";
}

const DIGESTS = {
  sha1: { digest: `${DS}sha1`, mask: `${XENC_11}mgf1sha1` },
  sha256: { digest: `${XENC}sha256`, mask: `${XENC_11}mgf1sha256` },
  sha384: { digest: "http://www.w3.org/2001/04/xmldsig-more#sha384", mask: `${XENC_11}mgf1sha384` },
  sha512: { digest: `${XENC}sha512`, mask: `${XENC_11}mgf1sha512` },
} as const;

function isGcm(name: string): name is CipherGCMTypes {
  return name.endsWith("gcm");
}

/** XML Encryption leaves the padding bytes open but for the last one, so these are not PKCS #7. */
function padded(text: Buffer): Buffer {
  const length = 16 - (text.length % 16);
  return Buffer.concat([text, randomBytes(length - 1), Buffer.from([length])]);
}

function encryptContent(text: Buffer, content: keyof typeof CONTENT, key: Buffer): Buffer {
  const name = content.replace("aes", "aes-");
  if (!isGcm(name)) {
    const iv = randomBytes(16);
    const cipher = createCipheriv(name, key, iv).setAutoPadding(false);
    return Buffer.concat([iv, cipher.update(padded(text)), cipher.final()]);
  }
  const iv = randomBytes(12);
  const cipher = createCipheriv(name, key, iv);
  return Buffer.concat([iv, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
}

/** MGF1 of RFC 8017 §B.2.1. */
function maskOf(seed: Buffer, length: number, hash: string): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 20) }, (_, counter) =>
    createHash(hash)
      .update(Buffer.concat([seed, Buffer.from([0, 0, 0, counter])]))
      .digest(),
  );
  return Buffer.concat(blocks).subarray(0, length);
}

function xor(left: Buffer, right: Buffer): Buffer {
  return Buffer.from(left.map((byte, index) => byte ^ (right[index] ?? 0)));
}

interface TwoHashes {
  readonly digest: string;
  readonly mask: string;
  readonly label: string | undefined;
}

/** EME-OAEP of RFC 8017 §7.1.1 with two different hashes, which Node's own has no parameter for. */
function encode(message: Buffer, length: number, { digest, mask, label = "" }: TwoHashes): Buffer {
  const labelHash = createHash(digest).update(label).digest();
  const rest = length - 2 - 2 * labelHash.length - message.length;
  const data = Buffer.concat([labelHash, Buffer.alloc(rest), Buffer.from([1]), message]);
  const seed = randomBytes(labelHash.length);
  const maskedData = xor(data, maskOf(seed, data.length, mask));
  return Buffer.concat([Buffer.alloc(1), xor(seed, maskOf(maskedData, seed.length, mask)), maskedData]);
}

function wrap(contentKey: Buffer, { jwk }: SampleKey, options: EncryptionOptions): string {
  const { oaep = "sha1", mask, label } = options;
  const key = createPublicKey({ key: { ...jwk }, format: "jwk" });
  if (mask !== undefined && oaep !== "none") {
    const length = (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8;
    const padding = constants.RSA_NO_PADDING;
    return publicEncrypt(
      { key, padding },
      encode(contentKey, length, { digest: oaep, mask, label }),
    ).toString("base64");
  }
  const way =
    oaep === "none"
      ? { padding: constants.RSA_PKCS1_PADDING }
      : { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: oaep };
  const oaepLabel = label === undefined ? {} : { oaepLabel: Buffer.from(label) };
  return publicEncrypt({ key, ...way, ...oaepLabel }, contentKey).toString("base64");
}

/** EncryptionMethod of the key, after the two identifiers that XML Encryption has for RSA-OAEP. */
function keyMethodOf({ oaep = "sha1", mask: other, label }: EncryptionOptions): string {
  if (oaep === "none") return `<xenc:EncryptionMethod Algorithm="${XENC}rsa-1_5"/>`;
  const { digest, mask } = DIGESTS[oaep];
  const parameters =
    label === undefined ? "" : `<xenc:OAEPparams>${Buffer.from(label).toString("base64")}</xenc:OAEPparams>`;
  const digestMethod = `<ds:DigestMethod xmlns:ds="${DS}" Algorithm="${digest}"/>`;
  if (oaep === "sha1" && other === undefined)
    return `<xenc:EncryptionMethod Algorithm="${XENC}rsa-oaep-mgf1p">${parameters}${digestMethod}</xenc:EncryptionMethod>`;
  return `<xenc:EncryptionMethod Algorithm="${XENC_11}rsa-oaep">${parameters}${digestMethod}<x:MGF xmlns:x="${XENC_11}" Algorithm="${other === undefined ? mask : DIGESTS[other].mask}"/></xenc:EncryptionMethod>`;
}

/** An EncryptedData for a text, and its key, as two pieces of XML. */
function pieces(text: string | Buffer, recipient: SampleKey, options: EncryptionOptions) {
  const { content = "aes256-gcm", keyPlace = "inside" } = options;
  const { uri, bytes } = CONTENT[content];
  const contentKey = randomBytes(bytes);
  const value = encryptContent(Buffer.from(text), content, contentKey).toString("base64");
  const key = `<xenc:EncryptedKey xmlns:xenc="${XENC}">${options.keyMethod ?? keyMethodOf(options)}<xenc:CipherData><xenc:CipherValue>${wrap(contentKey, recipient, options)}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey>`;
  const keyInfo = keyPlace === "inside" ? `<ds:KeyInfo xmlns:ds="${DS}">${key}</ds:KeyInfo>` : "";
  const data = `<xenc:EncryptedData xmlns:xenc="${XENC}" Type="${XENC}Element"><xenc:EncryptionMethod Algorithm="${uri}"/>${keyInfo}<xenc:CipherData><xenc:CipherValue>${value}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>`;
  return { data, beside: keyPlace === "beside" ? key : "" };
}

/** An EncryptedData around a text, encrypted for one recipient with Node's own cryptography. */
export function encryptedData(
  text: string | Buffer,
  recipient: SampleKey,
  options: EncryptionOptions = {},
): string {
  const { data, beside } = pieces(text, recipient, options);
  return data + beside;
}

/** An EncryptedAssertion around a text. */
export function encryptedAssertion(
  text: string | Buffer,
  recipient: SampleKey,
  options: EncryptionOptions = {},
): string {
  return `<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${encryptedData(text, recipient, options)}</saml:EncryptedAssertion>`;
}
