import { createHmac, createPublicKey, createSecretKey, verify } from "node:crypto";
import { compactVerify, importJWK } from "jose";
import { describe, expect, test } from "vitest";
import {
  type HmacSecret,
  PUBLIC_TEXTS,
  SPELLINGS,
  STRUCTURES,
} from "../../../../harness/emission/token/hmac-secret-schema.ts";
import { hmacSecret } from "../../../../harness/emission/token/hmac-secret.ts";
import { rawText } from "../../../../harness/emission/json-text.ts";
import type { KeyName } from "../../../../harness/emission/keys/key-names.ts";
import { makeEmissionKeys, publicJwk } from "../../../../harness/emission/keys/keys.ts";
import type { TokenModel } from "../../../../harness/emission/model.ts";
import { signToken } from "../../../../harness/emission/token/sign-token.ts";
import { HarnessError } from "../../../../harness/errors.ts";

const keys = makeEmissionKeys();

function model(alg: unknown): TokenModel {
  return { header: { alg }, claims: { aud: "portal" } };
}

describe("every asymmetric algorithm, as jose verifies it", () => {
  test.each<{ alg: string; name: KeyName }>([
    { alg: "RS256", name: "published" },
    ...["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"].map((alg) => ({ alg, name: "next" as const })),
    { alg: "ES256", name: "ec" },
    { alg: "EdDSA", name: "ed" },
    { alg: "Ed25519", name: "ed" },
    { alg: "RS256", name: "other-issuer" },
  ])("$alg with $name", async ({ alg, name }) => {
    const key = await keys[name]();
    const { payload } = await compactVerify(
      await signToken(model(alg), key),
      await importJWK({ kty: "", ...publicJwk(key) }, alg),
    );
    expect(new TextDecoder().decode(payload)).toBe('{"aud":"portal"}');
  });

  test("RS1, and with 1024 bits, which jose refuses to look at", async () => {
    const { publicKey, ...key } = await keys.weak();
    const jwt = await signToken(model("RS1"), { ...key, publicKey });
    const [header, claims, signature = ""] = jwt.split(".");
    const signed = Buffer.from(`${header}.${claims}`);
    expect(verify("sha1", signed, publicKey, Buffer.from(signature, "base64url"))).toBe(true);
  });
});

async function hs256(secret: HmacSecret | undefined): Promise<{ signature: string; signed: string }> {
  const jwt = await signToken(model("HS256"), await keys.published(), secret);
  const [header, claims, signature = ""] = jwt.split(".");
  return { signature, signed: `${header}.${claims}` };
}

describe("HS256 with what is public", () => {
  const spelled = STRUCTURES.flatMap((structure) => SPELLINGS.map((spelling) => ({ structure, spelling })));

  test.each(spelled)("$structure as $spelling is another text of the same key", async (secret) => {
    const key = await keys.published();
    const bytes = Buffer.from(hmacSecret(secret, key, model("HS256")));
    const { signature, signed } = await hs256(secret);
    expect(signature).toBe(createHmac("sha256", bytes).update(signed).digest("base64url"));
    expect(readBack(secret, bytes).equals(key.publicKey)).toBe(true);
  });

  test("no two of them are the same bytes", async () => {
    const key = await keys.published();
    const materials = PUBLIC_TEXTS.map((material) => ({ material }));
    const all = [...spelled, ...materials].map((secret) =>
      Buffer.from(hmacSecret(secret, key, model("HS256"))).toString("hex"),
    );
    expect(new Set(all).size).toBe(all.length);
  });

  test.each<{ secret: HmacSecret | undefined; bytes: () => Promise<string | Buffer> }>([
    {
      secret: undefined,
      bytes: async () => (await keys.published()).publicKey.export({ type: "spki", format: "pem" }),
    },
    { secret: { text: "" }, bytes: async () => "" },
    { secret: { text: "RSA" }, bytes: async () => "RSA" },
    { secret: { material: "exponent" }, bytes: async () => "AQAB" },
    { secret: { material: "audience" }, bytes: async () => "portal" },
    { secret: { material: "kid" }, bytes: async () => (await keys.published()).kid },
    {
      secret: { material: "jwk" },
      bytes: async () => JSON.stringify(publicJwk(await keys.published())),
    },
    {
      secret: { material: "modulus-bytes" },
      bytes: async () => Buffer.from(String(publicJwk(await keys.published())["n"]), "base64url"),
    },
  ])("$secret", async ({ secret, bytes }) => {
    const { signature, signed } = await hs256(secret);
    const key = createSecretKey(Buffer.from(await bytes()));
    expect(signature).toBe(createHmac("sha256", key).update(signed).digest("base64url"));
  });
});

/** Reads a spelling back as a key, by what node:crypto understands and the name of the spelling alone. */
function readBack(
  { structure, spelling }: Extract<HmacSecret, { structure: string }>,
  bytes: Buffer,
): ReturnType<typeof createPublicKey> {
  const text = bytes.toString();
  if (spelling.startsWith("pem")) {
    const [, label = "", body = ""] = /-----BEGIN ([A-Z ]+)-----([^-]+)-----END/.exec(text) ?? [];
    expect(label).toBe(structure === "pkcs1" ? "RSA PUBLIC KEY" : "PUBLIC KEY");
    return createPublicKey({ key: Buffer.from(body, "base64"), type: structure, format: "der" });
  }
  if (spelling === "der") return createPublicKey({ key: bytes, type: structure, format: "der" });
  const encoding = spelling === "hex" ? "hex" : spelling === "base64url" ? "base64url" : "base64";
  return createPublicKey({ key: Buffer.from(text, encoding), type: structure, format: "der" });
}

describe("what goes out as it stands", () => {
  test.each<{ model: TokenModel; header: string; claims: string }>([
    {
      model: { header: { alg: rawText('"RS256","alg":"none"') }, claims: { sub: "a" } },
      header: '{"alg":"RS256","alg":"none"}',
      claims: '{"sub":"a"}',
    },
    {
      model: { header: { alg: "RS256" }, claims: { name: rawText('"\u{1f600}\udcff\udc80"') } },
      header: '{"alg":"RS256"}',
      claims: '{"name":"\u00f0\u009f\u0098\u0080\u00ff\u0080"}',
    },
  ])("$header $claims", async ({ model: said, header, claims }) => {
    const jwt = await signToken(said, await keys.published());
    const read = jwt.split(".").map((segment) => Buffer.from(segment, "base64url").toString("latin1"));
    expect(read.slice(0, 2)).toEqual([header, claims]);
  });

  test.each(["none"])("alg %s has no signature", async (alg) => {
    expect(await signToken(model(alg), await keys.published())).toMatch(/\.$/);
  });
});

test.each<{ alg: string; name: KeyName; secret?: HmacSecret }>([
  { alg: "PS512", name: "weak" },
  { alg: "HS256", name: "ec", secret: { structure: "pkcs1", spelling: "der" } },
])("$alg with $name cannot be, and says so", async ({ alg, name, secret }) => {
  const attempt = signToken(model(alg), await keys[name](), secret);
  await expect(attempt).rejects.toThrow(`cannot sign with "${alg}"`);
  await expect(attempt).rejects.toBeInstanceOf(HarnessError);
});
