import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { CompactEncrypt } from "jose";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/artifact.ts";
import type { Policy } from "../../../src/policy.ts";
import { readToken } from "../../../src/read/jwt.ts";
import { idClaims, oidcPolicy, rsaKey, segment, signed } from "../support/tokens.ts";

const signer = rsaKey("k1");
const stranger = rsaKey("k1");
const token = signed({ alg: "RS256", kid: "k1" }, idClaims(), signer);

const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const otherRsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const p256 = generateKeyPairSync("ec", { namedCurve: "P-256" });
const p521 = generateKeyPairSync("ec", { namedCurve: "P-521" });
const x25519 = generateKeyPairSync("x25519");
const all = [rsa, p256, p521, x25519].map(({ privateKey }) => pem(privateKey));

const RSA_ALGS = ["RSA-OAEP", "RSA-OAEP-256", "RSA-OAEP-384", "RSA-OAEP-512"];
const ECDH_ALGS = ["ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A192KW", "ECDH-ES+A256KW"];
const ENCS = ["A128GCM", "A192GCM", "A256GCM", "A128CBC-HS256", "A192CBC-HS384", "A256CBC-HS512"];

function pem(key: KeyObject): string {
  return key.export({ format: "pem", type: "pkcs8" }).toString();
}

function jwk(key: KeyObject): JsonObject {
  return { ...key.export({ format: "jwk" }) };
}

async function encrypted(
  text: string,
  key: KeyObject = rsa.publicKey,
  header: JsonObject = {},
): Promise<string> {
  return await new CompactEncrypt(new TextEncoder().encode(text))
    .setProtectedHeader({ alg: "RSA-OAEP-256", enc: "A256GCM", cty: "JWT", ...header })
    .encrypt(key);
}

async function read(jwt: string, changes: Partial<Policy> = {}): Promise<readonly string[]> {
  const policy = oidcPolicy([signer], { decryptionKeys: all, ...changes });
  const { artifact, signature, obstacles } = await readToken(jwt, policy);
  expect(artifact === undefined).toBe(obstacles.length > 0);
  return [signature, ...obstacles.map(({ kind }) => kind)];
}

/** The same token with another member in its encryption header: enough for what is refused before any work. */
function withHeader(jwe: string, header: JsonObject): string {
  return [segment({ enc: "A256GCM", ...header }), ...jwe.split(".").slice(1)].join(".");
}

describe("a signed token inside an encrypted one", () => {
  test.each([
    ...RSA_ALGS.map((alg) => ({ alg, enc: "A128CBC-HS256", key: rsa })),
    ...ENCS.map((enc) => ({ alg: "RSA-OAEP-256", enc, key: rsa })),
    ...ENCS.map((enc) => ({ alg: "ECDH-ES", enc, key: p256 })),
    ...ECDH_ALGS.map((alg) => ({ alg, enc: "A256GCM", key: p521 })),
    ...ECDH_ALGS.map((alg) => ({ alg, enc: "A256GCM", key: x25519 })),
  ])("$alg with $enc is read", async ({ alg, enc, key }) => {
    expect(await read(await encrypted(token, key.publicKey, { alg, enc }))).toEqual(["verified"]);
  });

  test.each([
    { what: "no cty", header: { cty: undefined } },
    { what: "a kid that no key has", header: { kid: "unknown" } },
    { what: "typ and unknown members", header: { typ: "JWT", x: [1] } },
  ])("$what is no obstacle", async ({ header }) => {
    expect(await read(await encrypted(token, rsa.publicKey, header))).toEqual(["verified"]);
  });

  test.each([
    { what: "a JWK", keys: [jwk(rsa.privateKey)] },
    {
      what: "a JWK for encryption",
      keys: [{ ...jwk(rsa.privateKey), use: "enc", alg: "RSA-OAEP-256", x: 1 }],
    },
    { what: "a JWK with key_ops", keys: [{ ...jwk(rsa.privateKey), key_ops: ["unwrapKey"] }] },
    { what: "the second of two", keys: [pem(otherRsa.privateKey), pem(rsa.privateKey)] },
    { what: "one among useless ones", keys: ["", "hello", {}, { kty: "oct", k: "AA" }, ...all] },
    { what: "a PEM with blank lines around", keys: [`\n${pem(rsa.privateKey)}\n`] },
  ])("key: $what", async ({ keys }) => {
    expect(await read(await encrypted(token), { decryptionKeys: keys })).toEqual(["verified"]);
  });

  test.each([
    { what: "a stranger's", keys: [pem(otherRsa.privateKey)] },
    { what: "an elliptic one", keys: [pem(p256.privateKey), jwk(p256.privateKey)] },
    { what: "a public one", keys: [jwk(rsa.publicKey)] },
    { what: "one for signing", keys: [{ ...jwk(rsa.privateKey), use: "sig" }] },
    { what: "one for another algorithm", keys: [{ ...jwk(rsa.privateKey), alg: "RSA-OAEP" }] },
    { what: "one that may only sign", keys: [{ ...jwk(rsa.privateKey), key_ops: ["sign"] }] },
  ])("no key: $what", async ({ keys }) => {
    const answer = await read(await encrypted(token), { decryptionKeys: keys });
    expect(answer).toEqual(["unchecked", "decryption-failed"]);
  });

  test.each([undefined, []])("without any key it is encrypted, and nothing more is known", async (keys) => {
    const policy = oidcPolicy([signer], keys === undefined ? {} : { decryptionKeys: keys });
    const { signature, obstacles } = await readToken(await encrypted(token), policy);
    expect([signature, ...obstacles.map(({ kind }) => kind)]).toEqual(["unchecked", "encrypted"]);
  });
});

describe("encryption proves nothing", () => {
  test.each([
    { what: "bare claims", inner: JSON.stringify(idClaims()), kind: "signature-missing" },
    { what: "nothing", inner: "", kind: "signature-missing" },
    { what: "any text", inner: "hello", kind: "signature-missing" },
    { what: "a byte order mark before it", inner: `\ufeff${token}`, kind: "signature-missing" },
    { what: "another script", inner: token.replace("e", "é"), kind: "signature-missing" },
    {
      what: "alg none",
      inner: `${segment({ alg: "none" })}.${segment(idClaims())}.`,
      kind: "signature-missing",
    },
    { what: "a cut signature", inner: token.slice(0, token.lastIndexOf(".") + 1), kind: "signature-missing" },
    {
      what: "a stranger's signature",
      inner: signed({ alg: "RS256", kid: "k1" }, idClaims(), stranger),
      kind: "signature-invalid",
    },
    { what: "a line break after it", inner: `${token}\n`, kind: "malformed" },
    { what: "dots", inner: "..", kind: "malformed" },
  ])("inside: $what → $kind", async ({ inner, kind }) => {
    expect(await read(await encrypted(inner))).toEqual(["failed", kind]);
  });

  test("a second encryption inside the first is not opened", async () => {
    expect(await read(await encrypted(await encrypted(token)))).toEqual(["failed", "signature-missing"]);
  });
});

describe("what is refused before anything is decrypted", () => {
  test.each([
    ...["RSA1_5", "dir", "A256KW", "A128GCMKW", "PBES2-HS256+A128KW", "none", "RSA-OAEP-1", "toString"].map(
      (alg) => ({ header: { alg }, kind: "algorithm-forbidden" }),
    ),
    { header: { alg: "PBES2-HS512+A256KW", p2c: 2_000_000_000, p2s: "AAAA" }, kind: "algorithm-forbidden" },
    { header: { alg: ["RSA-OAEP"] }, kind: "algorithm-forbidden" },
    { header: {}, kind: "algorithm-forbidden" },
    ...["A128CBC", "none", "A256GCM ", "", 1].map((enc) => ({
      header: { alg: "RSA-OAEP", enc },
      kind: "algorithm-forbidden",
    })),
    { header: { alg: "RSA-OAEP", zip: "DEF" }, kind: "header-forbidden" },
    { header: { alg: "RSA-OAEP", crit: ["exp"], exp: 1 }, kind: "header-forbidden" },
  ])("$header → $kind, with a key and without", async ({ header, kind }) => {
    const jwe = withHeader(await encrypted(token), header);
    expect(await read(jwe)).toEqual(["failed", kind]);
    expect(await read(jwe, { decryptionKeys: [] })).toEqual(["failed", kind]);
  });

  test("more bytes than the policy reads, inside and outside", async () => {
    const jwe = await encrypted(token);
    expect(await read(jwe, { maxBytes: jwe.length })).toEqual(["verified"]);
    expect(await read(jwe, { maxBytes: jwe.length - 1 })).toEqual(["failed", "too-large"]);
    expect(await read(token, { maxBytes: token.length })).toEqual(["verified"]);
    expect(await read(token, { maxBytes: token.length - 1 })).toEqual(["failed", "too-large"]);
    const large = signed({ alg: "RS256", kid: "k1" }, idClaims({ pad: "x".repeat(2_000_000) }), signer);
    expect(large.length).toBeGreaterThan(2 * 1024 * 1024);
    expect(await read(large)).toEqual(["failed", "too-large"]);
    expect(await read(large, { maxBytes: 4_000_000 })).toEqual(["verified"]);
    expect(await read(await encrypted(large), { maxBytes: 4_000_000 })).toEqual(["verified"]);
    // The header inside an encrypted token has the limit of any other.
    const header = { alg: "RS256", kid: "k1", pad: "x".repeat(100_000) };
    expect(await read(await encrypted(signed(header, idClaims(), signer)))).toEqual(["failed", "too-large"]);
  });
});

describe("a changed encrypted token is not read", () => {
  test.each([1, 2, 3, 4])("segment %i", async (changed) => {
    const segments = (await encrypted(token)).split(".");
    const flipped = segments.map((text, index) =>
      index === changed ? `${text.startsWith("A") ? "B" : "A"}${text.slice(1)}` : text,
    );
    expect(await read(flipped.join("."))).toEqual(["unchecked", "decryption-failed"]);
  });

  test.each([
    { what: "padding", change: (text: string) => `${text}=` },
    { what: "a blank", change: (text: string) => `${text} ` },
    { what: "bits after the last byte", change: (text: string) => `${text.slice(0, -1)}B` },
  ])("$what in the tag", async ({ change }) => {
    const segments = (await encrypted(token)).split(".");
    // 16 bytes of tag: 22 characters, the last of them with four unused bits.
    const tag = change(`${(segments[4] ?? "").slice(0, 21)}A`);
    expect(await read([...segments.slice(0, 4), tag].join("."))).toEqual(["failed", "malformed"]);
  });

  test.each([
    { what: "a header that is no JSON", header: segment("x") },
    { what: "a header that is no base64url", header: "a" },
    { what: "a header named twice", header: segment('{"alg":"RSA-OAEP","alg":"dir","enc":"A256GCM"}') },
    { what: "a header without enc", header: segment({ alg: "RSA-OAEP" }) },
  ])("$what → malformed", async ({ header }) => {
    const rest = (await encrypted(token)).split(".").slice(1);
    expect(await read([header, ...rest].join("."))).toEqual(["failed", "malformed"]);
  });

  test("the ephemeral key must be on the curve of ours", async () => {
    const jwe = await encrypted(token, p256.publicKey, { alg: "ECDH-ES" });
    const foreign = jwk(generateKeyPairSync("ec", { namedCurve: "P-384" }).publicKey);
    const off = { ...jwk(p256.publicKey), y: "A".repeat(43) };
    for (const epk of [foreign, off, {}, null, jwk(p256.privateKey)]) {
      const answer = await read(withHeader(jwe, { alg: "ECDH-ES", epk }));
      expect(answer).toEqual(["unchecked", "decryption-failed"]);
    }
  });
});
