import { constants, createDecipheriv, privateDecrypt } from "node:crypto";
import { inflateRawSync } from "node:zlib";
import { compactDecrypt, decodeProtectedHeader } from "jose";
import { describe, expect, test } from "vitest";
import { makeEmissionKeys } from "../../../../harness/emission/keys/keys.ts";
import { tamperToken } from "../../../../harness/emission/token/tamper-token.ts";
import type { Tamper } from "../../../../harness/emission/tamper-schema.ts";

type Encrypt = Extract<Tamper, { op: "encrypt" }>;

const { publicKey, privateKey } = await makeEmissionKeys().published();
const CLAIMS = '{"sub":"a"}';
const JWT = `e30.${Buffer.from(CLAIMS).toString("base64url")}.c2ln`;

function wrapped(change: Partial<Encrypt>): string {
  const tamper: Encrypt = { op: "encrypt", alg: "RSA-OAEP-256", content: "token", zip: false, ...change };
  return tamperToken(JWT, [tamper], publicKey);
}

describe("what jose opens", () => {
  test.each([
    { change: {}, header: { alg: "RSA-OAEP-256", enc: "A256GCM", cty: "JWT" }, text: JWT },
    { change: { alg: "RSA-OAEP" }, header: { alg: "RSA-OAEP", enc: "A256GCM", cty: "JWT" }, text: JWT },
    { change: { content: "claims" }, header: { alg: "RSA-OAEP-256", enc: "A256GCM" }, text: CLAIMS },
  ] as const)("$change", async ({ change, header, text }) => {
    const jwe = wrapped(change);
    const { plaintext } = await compactDecrypt(jwe, privateKey);
    expect(decodeProtectedHeader(jwe)).toEqual(header);
    expect(new TextDecoder().decode(plaintext)).toBe(text);
  });

  test("dir is keyed with the first bytes of the public modulus", async () => {
    const { n = "" } = publicKey.export({ format: "jwk" });
    const secret = Buffer.from(n, "base64url").subarray(0, 32);
    const { plaintext } = await compactDecrypt(wrapped({ alg: "dir", content: "claims" }), secret);
    expect(new TextDecoder().decode(plaintext)).toBe(CLAIMS);
  });

  test("a bomb grows a thousandfold", async () => {
    const jwe = wrapped({ content: "bomb", zip: true });
    const [header = "", key = "", iv = "", text = "", tag = ""] = jwe.split(".");
    const cek = privateDecrypt(
      { key: privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha256" },
      Buffer.from(key, "base64url"),
    );
    const opened = open(cek, { header, iv, text, tag });
    expect(decodeProtectedHeader(jwe)).toMatchObject({ zip: "DEF" });
    expect(jwe.length).toBeLessThan(64 * 1024);
    expect(inflateRawSync(opened).length).toBe(32 * 1024 * 1024);
  });
});

function open(
  cek: Buffer,
  { header, iv, text, tag }: Readonly<Record<"header" | "iv" | "text" | "tag", string>>,
): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", cek, Buffer.from(iv, "base64url"))
    .setAAD(Buffer.from(header))
    .setAuthTag(Buffer.from(tag, "base64url"));
  return Buffer.concat([decipher.update(Buffer.from(text, "base64url")), decipher.final()]);
}

describe("what jose refuses to open", () => {
  test("RSA1_5 is PKCS #1 v1.5", async () => {
    const jwe = wrapped({ alg: "RSA1_5" });
    const [header = "", key = "", iv = "", text = "", tag = ""] = jwe.split(".");
    const padding = constants.RSA_PKCS1_PADDING;
    const cek = privateDecrypt({ key: privateKey, padding }, Buffer.from(key, "base64url"));
    expect(open(cek, { header, iv, text, tag }).toString()).toBe(JWT);
    await expect(compactDecrypt(jwe, privateKey)).rejects.toThrow('unsupported "alg"');
  });

  test("PBES2 asks for more rounds than anybody should make", async () => {
    const jwe = wrapped({ alg: "PBES2-HS256+A128KW" });
    expect(decodeProtectedHeader(jwe)).toMatchObject({ p2c: 2_000_000_000 });
    await expect(compactDecrypt(jwe, Buffer.from("password"))).rejects.toThrow();
  });
});
