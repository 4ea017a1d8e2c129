import { createHmac, type KeyObject } from "node:crypto";
import { HarnessError } from "../../errors.ts";
import { hmacSecret } from "./hmac-secret.ts";
import type { HmacSecret } from "./hmac-secret-schema.ts";
import { jsonText } from "../json-text.ts";
import type { EmissionKey } from "../keys/keys.ts";
import type { TokenModel } from "../model.ts";
import { type SignatureHash, signBytes } from "../sign-bytes.ts";

/** A lone low surrogate stands for one byte, so that raw text can hold what is no UTF-8: U+DC80 for 0x80 and so on. */
const LONE_BYTE = /(?<![\uD800-\uDBFF])[\uDC80-\uDCFF]/;

function bytesOf(text: string): Buffer {
  if (text.isWellFormed()) return Buffer.from(text);
  const parts = text.split(new RegExp(`(${LONE_BYTE.source})`));
  return Buffer.concat(
    parts.map((part) =>
      part.length === 1 && LONE_BYTE.test(part)
        ? Buffer.from([part.charCodeAt(0) & 0xff])
        : Buffer.from(part),
    ),
  );
}

function encode(value: unknown): string {
  return bytesOf(jsonText(value)).toString("base64url");
}

function algorithmOf(header: unknown): string {
  const alg = typeof header === "object" && header !== null && "alg" in header ? header.alg : undefined;
  return typeof alg === "string" ? alg : "";
}

const HASHES: Readonly<Partial<Record<string, SignatureHash>>> = {
  "1": "SHA-1",
  "384": "SHA-384",
  "512": "SHA-512",
};

/** Signs in the key's own way, or with RSA-PSS where the algorithm asks for it. */
async function signWithKey(input: Buffer, alg: string, privateKey: KeyObject): Promise<Buffer> {
  const [, family = "RS", bits = alg === "RS1" ? "1" : "256"] = /^(RS|PS|ES)(256|384|512)$/.exec(alg) ?? [];
  const hash = HASHES[bits] ?? "SHA-256";
  switch (privateKey.asymmetricKeyType) {
    case "ed25519":
      return await signBytes(privateKey, "Ed25519", hash, input);
    case "ec":
      return await signBytes(privateKey, "ECDSA", hash, input);
    default:
      return await signBytes(privateKey, family === "PS" ? "RSA-PSS" : "RSASSA-PKCS1-v1_5", hash, input);
  }
}

async function signatureOf(
  input: Buffer,
  model: TokenModel,
  key: EmissionKey,
  secret: HmacSecret | undefined,
): Promise<Buffer> {
  const alg = algorithmOf(model.header);
  if (alg === "none") return Buffer.alloc(0);
  const [, bits] = /^HS(256|384|512)$/.exec(alg) ?? [];
  if (bits === undefined) return await signWithKey(input, alg, key.privateKey);
  return createHmac(`sha${bits}`, hmacSecret(secret, key, model))
    .update(input)
    .digest();
}

/**
 * Signs a token model as a compact JWS, with the algorithm its header names.
 *
 * The model may say anything, so nothing is refused here: `none` leaves the signature empty, `HS256` and its kin are
 * keyed with the secret, by default the public key as PEM, and an algorithm that the key cannot do is signed with what the
 * key can. JOSE libraries refuse such tokens, so this is written without one; asymmetric keys sign in the thread pool.
 *
 * @throws HarnessError when there is no way to sign so, e.g. PS512 with a key that is too short for it
 */
export async function signToken(model: TokenModel, key: EmissionKey, secret?: HmacSecret): Promise<string> {
  const input = `${encode(model.header)}.${encode(model.claims)}`;
  try {
    const signature = await signatureOf(Buffer.from(input), model, key, secret);
    return `${input}.${signature.toString("base64url")}`;
  } catch (cause) {
    throw new HarnessError(
      "ERR_SCENARIO_INVALID",
      `the key cannot sign with ${JSON.stringify(algorithmOf(model.header))}`,
      "Choose another alg, key or secret in the emission.",
      { cause },
    );
  }
}
