import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/artifact.ts";
import type { Policy } from "../../../src/policy.ts";
import { readToken } from "../../../src/read/jwt.ts";
import {
  ecKey,
  edKey,
  idClaims,
  oidcPolicy,
  rsaKey,
  segment,
  signed,
  signSegments,
  type TestKey,
} from "../support/tokens.ts";

const rsa = rsaKey("rsa-1");
const next = rsaKey("rsa-2");
const stranger = rsaKey("rsa-1");
const weak = rsaKey("weak-1", 1024);
const ec = ecKey("ec-1");
const ec384 = ecKey("ec-2", "P-384");
const ec521 = ecKey("ec-3", "P-521");
const ed = edKey("ed-1");

/** The same key, published with other members. */
function as(key: TestKey, changes: JsonObject): TestKey {
  return { ...key, jwk: { ...key.jwk, ...changes } };
}

function unnamed({ privateKey, jwk }: TestKey): TestKey {
  const { kid: _, ...rest } = jwk;
  return { privateKey, jwk: rest };
}

async function outcome(jwt: string, policy: Policy): Promise<readonly string[]> {
  const { signature, artifact, obstacles } = await readToken(jwt, policy);
  expect(artifact !== undefined).toBe(signature !== "failed");
  return [signature, ...obstacles.map(({ kind }) => kind)];
}

describe("signatures that hold", () => {
  test.each([
    { alg: "RS256", key: rsa },
    { alg: "RS384", key: rsa },
    { alg: "RS512", key: rsa },
    { alg: "PS256", key: rsa },
    { alg: "PS384", key: rsa },
    { alg: "PS512", key: rsa },
    { alg: "ES256", key: ec },
    { alg: "ES384", key: ec384 },
    { alg: "ES512", key: ec521 },
    { alg: "EdDSA", key: ed },
    { alg: "Ed25519", key: ed },
    { alg: "Ed25519", key: as(ed, { alg: "EdDSA" }) },
  ])("$alg", async ({ alg, key }) => {
    const jwt = signed({ alg, kid: key.jwk["kid"] }, idClaims(), key, alg);
    expect(await outcome(jwt, oidcPolicy([rsa, ec384, ec521, ec, key]))).toEqual(["verified"]);
  });

  test.each([
    { what: "no kid, several keys", kid: undefined, keys: [next, ec, rsa] },
    { what: "no kid, keys without alg or kid", kid: undefined, keys: [unnamed(next), unnamed(rsa)] },
    { what: "rotation: the second key", kid: "rsa-1", keys: [next, rsa] },
    { what: "two keys under one kid", kid: "rsa-1", keys: [stranger, rsa] },
    { what: "a kid, and a key without one", kid: "rsa-1", keys: [unnamed(rsa)] },
    {
      what: "unknown members in the key",
      kid: "rsa-1",
      keys: [as(rsa, { x5t: "x", ext: "odd", "urn:x": {} })],
    },
    { what: "use and key_ops that fit", kid: "rsa-1", keys: [as(rsa, { use: "sig", key_ops: ["verify"] })] },
    { what: "a broken key beside it", kid: undefined, keys: [as(next, { n: 7 }), rsa] },
    { what: "a weak key beside it", kid: undefined, keys: [weak, rsa] },
  ])("$what", async ({ kid, keys }) => {
    const jwt = signed({ alg: "RS256", ...(kid === undefined ? {} : { kid }) }, idClaims(), rsa);
    expect(await outcome(jwt, oidcPolicy(keys))).toEqual(["verified"]);
  });

  test("keys and key addresses in the header are not read", async () => {
    const header = { alg: "RS256", kid: "rsa-1", jwk: stranger.jwk, jku: "http://127.0.0.1:9/", x5c: ["x"] };
    expect(await outcome(signed(header, idClaims(), rsa), oidcPolicy([rsa]))).toEqual(["verified"]);
    expect(await outcome(signed(header, idClaims(), stranger), oidcPolicy([rsa]))).toEqual([
      "failed",
      "signature-invalid",
    ]);
  });

  test("an ECDSA signature with a high s", async () => {
    const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
    const [header = "", payload = "", signature = ""] = signed(
      { alg: "ES256", kid: "ec-1" },
      idClaims(),
      ec,
      "ES256",
    ).split(".");
    const bytes = Buffer.from(signature, "base64url");
    const flipped = order - BigInt(`0x${bytes.subarray(32).toString("hex")}`);
    const other = Buffer.concat([
      bytes.subarray(0, 32),
      Buffer.from(flipped.toString(16).padStart(64, "0"), "hex"),
    ]);
    expect(await outcome(`${header}.${payload}.${other.toString("base64url")}`, oidcPolicy([ec]))).toEqual([
      "verified",
    ]);
  });
});

describe("signatures that do not hold", () => {
  const [h = "", p = "", s = ""] = signed({ alg: "RS256", kid: "rsa-1" }, idClaims(), rsa).split(".");
  const esHeader = segment({ alg: "ES256", kid: "ec-1" });
  const zeros = Buffer.alloc(64).toString("base64url");
  test.each([
    {
      what: "a stranger's key under the published kid",
      jwt: signed({ alg: "RS256", kid: "rsa-1" }, idClaims(), stranger),
      kinds: ["signature-invalid"],
    },
    {
      what: "another payload",
      jwt: `${h}.${segment(idClaims({ sub: "admin" }))}.${s}`,
      kinds: ["signature-invalid"],
    },
    {
      what: "another header",
      jwt: `${segment({ kid: "rsa-1", alg: "RS256" })}.${p}.${s}`,
      kinds: ["signature-invalid"],
    },
    {
      what: "one bit of the signature",
      jwt: `${h}.${p}.${s.startsWith("A") ? "B" : "A"}${s.slice(1)}`,
      kinds: ["signature-invalid"],
    },
    { what: "a shorter signature", jwt: `${h}.${p}.${s.slice(0, 4)}`, kinds: ["signature-invalid"] },
    { what: "r and s zero", jwt: `${esHeader}.${p}.${zeros}`, kinds: ["signature-invalid"] },
    {
      what: "the scheme of another algorithm",
      jwt: signSegments(segment({ alg: "PS256", kid: "rsa-1" }), p, rsa, "RS256"),
      kinds: ["signature-invalid"],
    },
    {
      what: "an unknown kid",
      jwt: signed({ alg: "RS256", kid: "gone" }, idClaims(), rsa),
      kinds: ["key-untrusted"],
    },
    {
      what: "a kid in another case",
      jwt: signed({ alg: "RS256", kid: "RSA-1" }, idClaims(), rsa),
      kinds: ["key-untrusted"],
    },
    {
      what: "the kid of a key of another type",
      jwt: signed({ alg: "RS256", kid: "ec-1" }, idClaims(), rsa),
      kinds: ["key-untrusted"],
    },
    {
      what: "a curve that is not the algorithm's",
      jwt: signed({ alg: "ES384", kid: "ec-1" }, idClaims(), ec, "ES384"),
      kinds: ["key-untrusted"],
    },
    { what: "no signature", jwt: `${h}.${p}.`, kinds: ["signature-missing"] },
    {
      what: "crit",
      jwt: signed({ alg: "RS256", kid: "rsa-1", crit: ["exp"] }, idClaims(), rsa),
      kinds: ["header-forbidden"],
    },
    {
      what: "an empty crit",
      jwt: signed({ alg: "RS256", kid: "rsa-1", crit: [] }, idClaims(), rsa),
      kinds: ["header-forbidden"],
    },
    {
      what: "b64",
      jwt: signed({ alg: "RS256", kid: "rsa-1", b64: false, crit: ["b64"] }, idClaims(), rsa),
      kinds: ["header-forbidden", "header-forbidden"],
    },
    {
      what: "a kid that is an object",
      jwt: signed({ alg: "RS256", kid: { a: 1 } }, idClaims(), rsa),
      kinds: ["header-forbidden"],
    },
  ])("$what → $kinds", async ({ jwt, kinds }) => {
    expect(await outcome(jwt, oidcPolicy([rsa, next, ec]))).toEqual(["failed", ...kinds]);
  });

  test.each(["none", "None", "NONE", "nOnE", " none", "none "])("alg %j is no signature", async (alg) => {
    const unsigned = `${segment({ alg, kid: "rsa-1" })}.${p}.`;
    expect(await outcome(unsigned, oidcPolicy([rsa]))).toEqual(["failed", "signature-missing"]);
    expect(await outcome(`${unsigned}${s}`, oidcPolicy([rsa]))).toEqual(["failed", "signature-missing"]);
  });

  test.each([
    "HS256",
    "HS384",
    "RS1",
    "rs256",
    "constructor",
    "__proto__",
    "",
    null,
    256,
    ["RS256"],
    undefined,
  ])("alg %j is not accepted", async (alg) => {
    const start = `${segment({ ...(alg === undefined ? {} : { alg }), kid: "rsa-1" })}.${p}`;
    const mac = createHmac("sha256", JSON.stringify(rsa.jwk)).update(start).digest("base64url");
    expect(await outcome(`${start}.${mac}`, oidcPolicy([rsa]))).toEqual(["failed", "algorithm-forbidden"]);
  });

  test("a policy cannot let HMAC in, and can shut algorithms out", async () => {
    const start = `${segment({ alg: "HS256", kid: "rsa-1" })}.${p}`;
    const mac = createHmac("sha256", "").update(start).digest("base64url");
    const open = oidcPolicy([rsa], { algorithms: ["HS256", "none", "RS256"] });
    expect(await outcome(`${start}.${mac}`, open)).toEqual(["failed", "algorithm-forbidden"]);
    const shut = oidcPolicy([rsa], { algorithms: ["ES256"] });
    expect(await outcome(`${h}.${p}.${s}`, shut)).toEqual(["failed", "algorithm-forbidden"]);
  });

  test.each([
    { what: "alg of another algorithm", changes: { alg: "RS512" } },
    { what: "use enc", changes: { use: "enc" } },
    { what: "key_ops without verify", changes: { key_ops: ["encrypt"] } },
    { what: "key_ops of a wrong type", changes: { key_ops: "verify" } },
    { what: "kty oct", changes: { kty: "oct", k: "AAAA" } },
    { what: "no modulus", changes: { n: undefined } },
  ])("a key that says it is not for this: $what", async ({ changes }) => {
    const policy = oidcPolicy([as(rsa, changes)]);
    expect(await outcome(`${h}.${p}.${s}`, policy)).toEqual(["failed", "key-untrusted"]);
  });

  test("RSA keys below the floor are too weak, whatever the policy says", async () => {
    const jwt = signed({ alg: "RS256", kid: "weak-1" }, idClaims(), weak);
    expect(await outcome(jwt, oidcPolicy([weak]))).toEqual(["failed", "key-weak"]);
    expect(await outcome(jwt, oidcPolicy([weak], { minRsaBits: 512 }))).toEqual(["failed", "key-weak"]);
    const strict = oidcPolicy([rsa], { minRsaBits: 3072 });
    expect(await outcome(`${h}.${p}.${s}`, strict)).toEqual(["failed", "key-weak"]);
  });
});
