import { constants, createCipheriv, generateKeyPairSync, publicEncrypt, randomBytes } from "node:crypto";
import { deflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { judgeIdToken, judgeSamlResponse } from "../../src/index.ts";
import * as saml from "../support/signed-saml.ts";
import { idClaims, NOW, oidcPolicy, rsaKey, segment, signed, signSegments } from "../src/support/tokens.ts";

const MEGABYTE = 1_000_000;

// No test here measures time: whoever does the work that these inputs ask for needs minutes, or all memory.
const key = rsaKey("k1");
const reader = generateKeyPairSync("rsa", { modulusLength: 2048 });
const decryptionKeys = [reader.privateKey.export({ type: "pkcs8", format: "pem" }).toString()];
const policy = oidcPolicy([key], { decryptionKeys });
const header = { alg: "RS256", kid: "k1" };
const good = signed(header, idClaims(), key);
/** Claims as JSON text that still wants its closing brace. */
const claims = JSON.stringify(idClaims()).slice(0, -1);
const NO_AMR = JSON.stringify(idClaims({ amr: undefined })).slice(0, -1);

/** A JWE that really decrypts, with any header: RSA-OAEP-256 and A256GCM. */
function encrypted(plaintext: Buffer, protectedHeader: Readonly<Record<string, unknown>>): string {
  const [contentKey, nonce] = [randomBytes(32), randomBytes(12)];
  const padding = { key: reader.publicKey, oaepHash: "sha256", padding: constants.RSA_PKCS1_OAEP_PADDING };
  const first = segment(protectedHeader);
  const cipher = createCipheriv("aes-256-gcm", contentKey, nonce).setAAD(Buffer.from(first));
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  const rest = [publicEncrypt(padding, contentKey), nonce, ciphertext, cipher.getAuthTag()];
  return [first, ...rest.map((part) => part.toString("base64url"))].join(".");
}

const OAEP = { alg: "RSA-OAEP-256", enc: "A256GCM", cty: "JWT" };

/** A signed token whose payload is these bytes. */
function overBytes(bytes: Uint8Array): string {
  return signSegments(segment(header), Buffer.from(bytes).toString("base64url"), key);
}

function many(count: number, piece: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => piece(index)).join("");
}

describe("a hostile token is refused for what it is", () => {
  test.each([
    {
      name: "zip bomb in a JWE",
      jwt: encrypted(deflateRawSync(Buffer.alloc(100 * MEGABYTE, "A")), { ...OAEP, zip: "DEF" }),
      rules: ["oidc.header.forbidden"],
    },
    {
      name: "PBES2 with 10^9 rounds",
      jwt: encrypted(Buffer.from(good), {
        alg: "PBES2-HS512+A256KW",
        enc: "A256GCM",
        p2c: 1_000_000_000,
        p2s: "AAAAAAAAAAA",
      }),
      rules: ["oidc.algorithm.forbidden"],
    },
    {
      name: "JWE in JWE in JWE",
      jwt: encrypted(Buffer.from(encrypted(Buffer.from(encrypted(Buffer.from(good), OAEP)), OAEP)), OAEP),
      rules: ["oidc.signature.missing"],
    },
    {
      name: "JWE around what is no text",
      jwt: encrypted(Buffer.alloc(1000, 0xff), OAEP),
      rules: ["oidc.signature.missing"],
    },
    {
      name: "header of 1 MB",
      jwt: signed({ ...header, x5c: ["A".repeat(MEGABYTE)] }, idClaims(), key),
      rules: ["oidc.token.too-large"],
    },
    {
      name: "header of 1 MB in front of a JWE",
      jwt: encrypted(Buffer.from(good), { ...OAEP, pad: "A".repeat(MEGABYTE) }),
      rules: ["oidc.token.too-large"],
    },
    {
      name: "10 000 nested arrays",
      jwt: signed(header, `${claims},"x":${"[".repeat(10_000)}${"]".repeat(10_000)}}`, key),
      rules: ["oidc.token.too-large"],
    },
    {
      name: "10 000 nested objects",
      jwt: signed(header, `${claims},"x":${'{"x":'.repeat(10_000)}1${"}".repeat(10_000)}}`, key),
      rules: ["oidc.token.too-large"],
    },
    { name: "a million dots", jwt: ".".repeat(MEGABYTE), rules: ["oidc.token.malformed"] },
    { name: "60 000 line breaks", jwt: "\n".repeat(60_000), rules: ["oidc.token.malformed"] },
    { name: "3 MB", jwt: "A".repeat(3 * MEGABYTE), rules: ["oidc.token.too-large"] },
    {
      name: "overlong UTF-8",
      jwt: overBytes(Uint8Array.of(0x7b, 0xc0, 0x80, 0x7d)),
      rules: ["oidc.token.malformed"],
    },
    { name: "UTF-16", jwt: overBytes(Buffer.from(`${claims}}`, "utf16le")), rules: ["oidc.token.malformed"] },
    {
      name: "a lone surrogate in UTF-8",
      jwt: overBytes(
        Buffer.from(`${claims},"x":"\u0000"}`.replace("\u0000", "\u00ed\u00a0\u0080"), "latin1"),
      ),
      rules: ["oidc.token.malformed"],
    },
    {
      name: "exp of 1e400",
      jwt: signed(header, `${claims.replace(/"exp":\d+/, '"exp":1e400')}}`, key),
      rules: ["oidc.time.malformed"],
    },
    {
      name: "exp of -1e400",
      jwt: signed(header, `${claims.replace(/"exp":\d+/, '"exp":-1e400')}}`, key),
      rules: ["oidc.time.malformed"],
    },
    {
      name: "amr in the prototype",
      jwt: signed(header, `${NO_AMR},"__proto__":{"amr":["mfa"]}}`, key),
      rules: ["oidc.amr.absent"],
    },
    {
      name: "amr of 150 000 members",
      jwt: signed(header, `${NO_AMR},"amr":{${many(150_000, (n) => `,"${n}":0`).slice(1)}}}`, key),
      rules: ["oidc.amr.malformed"],
    },
    {
      name: "alg in the prototype",
      jwt: signed('{"kid":"k1","__proto__":{"alg":"RS256"}}', idClaims(), key),
      rules: ["oidc.algorithm.forbidden"],
    },
    {
      name: "alg constructor",
      jwt: signed({ ...header, alg: "constructor" }, idClaims(), key),
      rules: ["oidc.algorithm.forbidden"],
    },
    {
      name: "kid __proto__",
      jwt: signed({ ...header, kid: "__proto__" }, idClaims(), key),
      rules: ["oidc.key.untrusted"],
    },
  ])("$name → $rules", async ({ jwt, rules }) => {
    const { verdict, findings } = await judgeIdToken(jwt, policy, NOW);
    expect(findings.filter(({ severity }) => severity === "error").map(({ rule }) => rule)).toEqual(rules);
    expect(verdict).toBe("non-compliant");
  });

  test.each([
    { name: "amr of 100 000 values", claims: { amr: [...Array(100_000).keys()].map(String).concat("mfa") } },
    {
      name: "20 000 claims",
      claims: Object.fromEntries([...Array(20_000).keys()].map((n) => [`x${n}`, 0])),
    },
    { name: "a name of 1 MB", claims: { name: "\u00e4".repeat(MEGABYTE / 2) } },
  ])("$name is large, but no fault", async ({ claims: changes }) => {
    expect((await judgeIdToken(signed(header, idClaims(changes), key), policy, NOW)).verdict).toBe(
      "compliant",
    );
  });
});

const samlKey = saml.rsaKey();
const samlPolicy = saml.samplePolicy([samlKey]);
const plain = saml.sampleResponse();
const response = saml.signBoth(plain, samlKey);

function inRoot(text: string): string {
  return response.replace("<samlp:Status>", () => `${text}<samlp:Status>`);
}

describe("a hostile response is refused for what it is", () => {
  test.each([
    {
      name: "billion laughs",
      xml: `<!DOCTYPE r [<!ENTITY e0 "ha">${many(40, (n) => `<!ENTITY e${n + 1} "&e${n};&e${n};">`)}]>${inRoot("<a>&e40;</a>")}`,
      rule: "saml.xml.dtd",
    },
    {
      name: "quadratic blow-up",
      xml: `<!DOCTYPE r [<!ENTITY e "${"A".repeat(MEGABYTE / 2)}">]>${inRoot(`<a>${"&e;".repeat(100_000)}</a>`)}`,
      rule: "saml.xml.dtd",
    },
    {
      name: "parameter entity from elsewhere",
      xml: `<!DOCTYPE r [<!ENTITY % p SYSTEM "http://127.0.0.1:1/x.dtd"> %p;]>${response}`,
      rule: "saml.xml.dtd",
    },
    {
      name: "10 000 levels",
      xml: inRoot("<a>".repeat(10_000) + "</a>".repeat(10_000)),
      rule: "saml.xml.malformed",
    },
    { name: "a million opening brackets", xml: "<".repeat(MEGABYTE), rule: "saml.xml.malformed" },
    {
      name: "a comment that never ends",
      xml: inRoot(`<!--${"-".repeat(MEGABYTE)}`),
      rule: "saml.xml.malformed",
    },
    {
      name: "100 namespaces in scope",
      xml: inRoot(many(100, (n) => `<a xmlns:n${n}="urn:x${n}">`).slice(0, -1) + `/>${"</a>".repeat(99)}`),
      rule: "saml.xml.too-large",
    },
    { name: "a million elements", xml: inRoot("<a/>".repeat(400_000)), rule: "saml.xml.too-large" },
    { name: "3 MB", xml: inRoot("A".repeat(3 * MEGABYTE)), rule: "saml.xml.too-large" },
    {
      name: "100 signatures",
      xml: response.replace(saml.signatureIn(response), (signature) => signature.repeat(100)),
      rule: "saml.message.structure",
    },
    {
      name: "100 assertions",
      xml: response.replace(saml.assertionIn(response), (assertion) => assertion.repeat(100)),
      rule: "saml.message.structure",
    },
  ])("$name → $rule", async ({ xml, rule }) => {
    const { verdict, signature, evidence, findings } = await judgeSamlResponse(xml, samlPolicy, saml.NOW);
    expect({ verdict, signature, evidence }).toEqual({
      verdict: "non-compliant",
      signature: "failed",
      evidence: undefined,
    });
    expect(findings[0]?.rule).toContain(rule);
  });

  test.each([
    {
      name: "20 000 attributes of one element",
      piece: `<saml:NameID ${many(20_000, (n) => `a${n}="" `)}`,
      at: "<saml:NameID ",
    },
    { name: "900 KB of text", piece: `${"A".repeat(900_000)}@`, at: "@" },
  ])("$name is large, but no fault", async ({ piece, at }) => {
    const xml = saml.signSaml(
      plain.replace(at, () => piece),
      "Assertion",
      samlKey,
    );
    expect((await judgeSamlResponse(xml, samlPolicy, saml.NOW)).verdict).toBe("compliant");
  });
});
