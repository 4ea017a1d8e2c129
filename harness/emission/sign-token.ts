import { constants, createHmac, sign, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import { jsonText } from "./json-text.ts";
import type { EmissionKey } from "./keys.ts";
import type { TokenModel } from "./model.ts";

const signOffThread = promisify<string, Buffer, Parameters<typeof sign>[2], Buffer>(sign);

function encode(value: unknown): string {
  return Buffer.from(jsonText(value)).toString("base64url");
}

function algorithmOf(header: unknown): string {
  const alg = typeof header === "object" && header !== null && "alg" in header ? header.alg : undefined;
  return typeof alg === "string" ? alg : "RS256";
}

/** HMAC keyed with the text of the public key: what an attacker has who hopes that a reader mixes up key types. */
function signWithPublicKeyText(input: Buffer, bits: string, publicKey: KeyObject): Buffer {
  const secret = publicKey.export({ type: "spki", format: "pem" });
  return createHmac(`sha${bits}`, secret).update(input).digest();
}

async function signatureOf(input: Buffer, alg: string, key: EmissionKey): Promise<Buffer> {
  const [, family, bits] = /^(RS|PS|HS)(256|384|512)$/.exec(alg) ?? [undefined, "RS", "256"];
  if (alg === "none") return Buffer.alloc(0);
  if (family === "HS" && bits !== undefined) return signWithPublicKeyText(input, bits, key.publicKey);
  if (family === "PS") {
    const padding = {
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
    };
    return await signOffThread(`sha${bits}`, input, { key: key.privateKey, ...padding });
  }
  return await signOffThread(`sha${bits}`, input, key.privateKey);
}

/**
 * Signs a token model as a compact JWS, with the algorithm its header names.
 *
 * The model may say anything, so nothing is refused here: `none` leaves the signature empty, `HS256` and its kin use
 * the public key's PEM text as the secret, and an algorithm that RSA cannot do is signed with RS256 all the same.
 * JOSE libraries refuse such tokens, so this is written on node:crypto, in the thread pool.
 */
export async function signToken(model: TokenModel, key: EmissionKey): Promise<string> {
  const input = `${encode(model.header)}.${encode(model.claims)}`;
  const signature = await signatureOf(Buffer.from(input), algorithmOf(model.header), key);
  return `${input}.${signature.toString("base64url")}`;
}
