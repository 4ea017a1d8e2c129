import { constants, createCipheriv, publicEncrypt, randomBytes, type KeyObject } from "node:crypto";
import { deflateRawSync } from "node:zlib";
import type { Tamper } from "../tamper-schema.ts";

type Encrypt = Extract<Tamper, { op: "encrypt" }>;

/** What a bomb unpacks to, bytes; it travels as a thousandth of that. */
const BOMB_BYTES = 32 * 1024 * 1024;

/** Iterations that no reader may be made to do: most of what four bytes can say. */
const PBES2_COUNT = 2_000_000_000;

const PADDINGS = {
  RSA1_5: { padding: constants.RSA_PKCS1_PADDING },
  "RSA-OAEP": { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha1" },
  "RSA-OAEP-256": { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha256" },
} as const;

/** What everybody knows of an RSA key and a careless reader may take for a shared secret. */
function publicSecret(publicKey: KeyObject): Buffer {
  const { n = "" } = publicKey.export({ format: "jwk" });
  return Buffer.from(n, "base64url").subarray(0, 32);
}

function contentKey(alg: Encrypt["alg"], publicKey: KeyObject): { cek: Buffer; encrypted: Buffer } {
  if (alg === "dir") return { cek: publicSecret(publicKey), encrypted: Buffer.alloc(0) };
  const cek = randomBytes(32);
  // The work that the header asks for would come first, so a wrapped key of no meaning serves as well.
  if (alg === "PBES2-HS256+A128KW") return { cek, encrypted: randomBytes(40) };
  return { cek, encrypted: publicEncrypt({ key: publicKey, ...PADDINGS[alg] }, cek) };
}

function headerOf({ alg, content, zip }: Encrypt): Readonly<Record<string, unknown>> {
  return {
    alg,
    enc: "A256GCM",
    ...(content === "token" ? { cty: "JWT" } : {}),
    ...(zip ? { zip: "DEF" } : {}),
    ...(alg === "PBES2-HS256+A128KW" ? { p2s: randomBytes(16).toString("base64url"), p2c: PBES2_COUNT } : {}),
  };
}

function plaintextOf(jwt: string, { content, zip }: Encrypt): Buffer {
  const texts = {
    token: () => Buffer.from(jwt),
    claims: () => Buffer.from(jwt.split(".")[1] ?? "", "base64url"),
    bomb: () => Buffer.alloc(BOMB_BYTES, " "),
  };
  const text = texts[content]();
  return zip ? deflateRawSync(text) : text;
}

/**
 * Wraps a token, or its bare claims, in a compact JWE with A256GCM.
 *
 * JOSE libraries refuse most of what this is for, so it is written on node:crypto.
 *
 * @see RFC 7516 §5.1
 */
export function wrapToken(jwt: string, tamper: Encrypt, recipient: KeyObject): string {
  const header = Buffer.from(JSON.stringify(headerOf(tamper))).toString("base64url");
  const { cek, encrypted } = contentKey(tamper.alg, recipient);
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", cek, iv).setAAD(Buffer.from(header));
  const ciphertext = Buffer.concat([cipher.update(plaintextOf(jwt, tamper)), cipher.final()]);
  const parts = [encrypted, iv, ciphertext, cipher.getAuthTag()];
  return [header, ...parts.map((part) => part.toString("base64url"))].join(".");
}
