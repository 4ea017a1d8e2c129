import { createPrivateKey, generateKeyPairSync, generatePrimeSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { judgeIdToken, judgeSamlResponse, type Verdict } from "../../../src/index.ts";
import { NOW as SAML_NOW, samplePolicy, sampleResponse, signSaml } from "../../support/signed-saml.ts";
import {
  certificateOf,
  ecKey,
  edKey,
  idClaims,
  NOW,
  oidcPolicy,
  rsaKey,
  signed,
  type TestKey,
} from "../support/tokens.ts";

function toBase64url(value: bigint): string {
  const hex = value.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, "hex").toString("base64url");
}

function inverse(value: bigint, modulus: bigint): bigint {
  let [r, next, s, following] = [modulus, value % modulus, 0n, 1n];
  while (next > 0n) {
    const times = r / next;
    [r, next, s, following] = [next, r - times * next, following, s - times * following];
  }
  return ((s % modulus) + modulus) % modulus;
}

/** An RSA key of two given primes. */
function keyOf(p: bigint, q: bigint, e = 65_537n): TestKey {
  const d = inverse(e, (p - 1n) * (q - 1n));
  const [n, dp, dq, qi] = [p * q, d % (p - 1n), d % (q - 1n), inverse(q, p)];
  const secret = { n, e, d, p, q, dp, dq, qi };
  const members = Object.fromEntries(
    Object.entries(secret).map(([name, value]) => [name, toBase64url(value)]),
  );
  const privateKey = createPrivateKey({ key: { kty: "RSA", ...members }, format: "jwk" });
  return { privateKey, jwk: { kty: "RSA", n: toBase64url(n), e: toBase64url(e), kid: "k" } };
}

const prime = (): bigint => generatePrimeSync(1024, { bigint: true });

/**
 * A number that is a power of 65537 modulo the product of the first primes, as Infineon's generator made its primes
 * (Nemec et al., The Return of Coppersmith's Attack, 2017, §2.1). Nobody checks here that it is one.
 */
function infineonNumber(power: bigint): bigint {
  let product = 1n;
  let residue = 1n;
  for (let each = 2n; each <= 701n; each += 1n) {
    let isPrime = true;
    for (let divisor = 2n; divisor * divisor <= each; divisor += 1n) isPrime &&= each % divisor !== 0n;
    if (isPrime) product *= each;
  }
  for (let count = 0n; count < power; count += 1n) residue = (residue * 65_537n) % product;
  const factor = (3n << 1022n) / product;
  return factor * product + residue;
}

/** A public key alone: no signature of it is needed to tell that it is weak. */
function publicOnly(n: bigint, e: bigint): Readonly<Record<string, unknown>> {
  return { kty: "RSA", n: toBase64url(n), e: toBase64url(e), kid: "k" };
}

const sound = keyOf(prime(), prime());
const soundModulus = BigInt(`0x${Buffer.from(String(sound.jwk["n"]), "base64url").toString("hex")}`);

async function judged(jwk: Readonly<Record<string, unknown>>, key: TestKey = sound): Promise<Verdict> {
  const jwt = signed({ alg: "RS256", kid: "k" }, idClaims(), key);
  return judgeIdToken(jwt, oidcPolicy([{ ...key, jwk }]), NOW);
}

async function ids(jwk: Readonly<Record<string, unknown>>, key?: TestKey): Promise<readonly string[]> {
  return (await judged(jwk, key)).findings.map(({ rule }) => rule);
}

describe("RSA keys that protect nothing", () => {
  const short = rsaKey("k", 1024);
  test.each([
    { name: "65537", jwk: sound.jwk, why: undefined },
    { name: "the exponent 1", jwk: publicOnly(soundModulus, 1n), why: "exponent 1," },
    { name: "an even exponent", jwk: publicOnly(soundModulus, 65_536n), why: "exponent 65536" },
    { name: "an exponent of 257 bits", jwk: publicOnly(soundModulus, (1n << 256n) + 1n), why: "256 bits" },
    { name: "an even modulus", jwk: publicOnly(soundModulus - 1n, 65_537n), why: "even modulus" },
    {
      name: "the fingerprint of ROCA",
      jwk: publicOnly(infineonNumber(1000n) * infineonNumber(77n), 65_537n),
      why: "ROCA",
    },
    {
      name: "zeros in front of a short modulus",
      jwk: { ...short.jwk, n: `${"A".repeat(172)}${String(short.jwk["n"])}` },
      why: "1024 bits",
    },
  ])("$name → $why", async ({ jwk, why }) => {
    const { findings } = await judged(jwk);
    expect(findings.map(({ rule }) => rule)).toEqual(why === undefined ? [] : ["oidc.key.weak"]);
    expect(findings[0]?.message ?? "").toContain(why ?? "");
  });

  test("nearly the fingerprint of ROCA is none", async () => {
    const nearly = infineonNumber(1000n) * (infineonNumber(77n) + 2n);
    expect(await ids(publicOnly(nearly, 65_537n))).toEqual(["oidc.signature.invalid"]);
  });

  test("the exponent 3 is odd and signs soundly", async () => {
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048, publicExponent: 3 });
    const key = { privateKey, jwk: { ...publicKey.export({ format: "jwk" }), kid: "k" } };
    expect(await ids(key.jwk, key)).toEqual([]);
  });

  test("no random key has the fingerprint", async () => {
    for (let count = 0; count < 20; count += 1) {
      // Any odd number will do: the fingerprint looks at remainders only.
      const odd =
        BigInt(`0x${generatePrimeSync(256, { bigint: true }).toString(16).repeat(8)}`) | (1n << 2047n) | 1n;
      expect(await ids(publicOnly(odd, 65_537n))).toEqual(["oidc.signature.invalid"]);
    }
  });

  test("a forgery under the exponent 1 is refused in XML as well", async () => {
    const xml = signSaml(sampleResponse(), "Assertion", sound);
    const value = /<ds:SignatureValue>([^<]*)</.exec(xml)?.[1] ?? "";
    // With e = 1 the signature is the padded hash itself, which whoever knows the public key computes.
    const e = 65_537n;
    let padded = 1n;
    let square = BigInt(`0x${Buffer.from(value, "base64").toString("hex")}`);
    for (let rest = e; rest > 0n; rest >>= 1n) {
      if ((rest & 1n) === 1n) padded = (padded * square) % soundModulus;
      square = (square * square) % soundModulus;
    }
    const forged = xml.replace(
      value,
      Buffer.from(padded.toString(16).padStart(512, "0"), "hex").toString("base64"),
    );
    const policy = samplePolicy([{ ...sound, jwk: publicOnly(soundModulus, 1n) }]);
    const { verdict, findings } = await judgeSamlResponse(forged, policy, SAML_NOW);
    expect([verdict, findings.map(({ rule }) => rule)]).toEqual(["non-compliant", ["saml.key.weak"]]);
  });
});

describe("x5c of a trusted key", () => {
  const other = rsaKey("k");
  const p256 = ecKey("k");
  const ed = edKey("k");
  const MISMATCH = ["oidc.key.certificate-mismatch"];
  test.each([
    { name: "none", x5c: undefined, found: [] },
    { name: "null", x5c: null, found: [] },
    { name: "empty", x5c: [], found: [] },
    { name: "of this key", x5c: [certificateOf(sound)], found: [] },
    { name: "of this key, in lines", x5c: [certificateOf(sound).replace(/.{64}/g, "$&\n")], found: [] },
    { name: "of this key, then another's", x5c: [certificateOf(sound), certificateOf(other)], found: [] },
    {
      name: "another's, then of this key",
      x5c: [certificateOf(other), certificateOf(sound)],
      found: MISMATCH,
    },
    { name: "of a key of another kind", x5c: [certificateOf(p256)], found: MISMATCH },
    { name: "garbage", x5c: ["AAAA"], found: MISMATCH },
    { name: "an empty text", x5c: [""], found: MISMATCH },
    { name: "a text instead of a list", x5c: certificateOf(sound), found: MISMATCH },
    { name: "a number", x5c: [7], found: MISMATCH },
  ])("$name → $found", async ({ x5c, found }) => {
    expect(await ids({ ...sound.jwk, x5c })).toEqual(found);
  });

  test.each([{ alg: "ES256", key: p256 }])(
    "$alg: its own certificate certifies it, another's does not",
    async ({ alg, key }) => {
      const jwt = signed({ alg, kid: "k" }, idClaims(), key, alg);
      for (const [x5c, verdict] of [
        [[certificateOf(key)], "compliant"],
        [[certificateOf(sound)], "non-compliant"],
      ] as const) {
        const found = await judgeIdToken(jwt, oidcPolicy([{ ...key, jwk: { ...key.jwk, x5c } }]), NOW);
        expect(found.verdict).toBe(verdict);
      }
    },
  );

  test("a broken x5c of a key that did not sign is nobody's business", async () => {
    const jwt = signed({ alg: "RS256", kid: "k" }, idClaims(), sound);
    const unused = { ...other, jwk: { ...other.jwk, kid: "unused", x5c: ["AAAA"] } };
    const keys = [unused, { ...ed, jwk: { ...ed.jwk, kid: "ed", x5c: ["AAAA"] } }, sound];
    expect((await judgeIdToken(jwt, oidcPolicy(keys), NOW)).verdict).toBe("compliant");
  });

  test.each([
    { name: "of this key", x5c: certificateOf(sound), found: [] },
    { name: "another's", x5c: certificateOf(other), found: ["saml.key.certificate-mismatch"] },
  ])("in XML: $name → $found", async ({ x5c, found }) => {
    const xml = signSaml(sampleResponse(), "Assertion", sound);
    const policy = samplePolicy([{ ...sound, jwk: { ...sound.jwk, x5c: [x5c] } }]);
    const { findings } = await judgeSamlResponse(xml, policy, SAML_NOW);
    expect(findings.map(({ rule }) => rule)).toEqual(found);
  });
});
