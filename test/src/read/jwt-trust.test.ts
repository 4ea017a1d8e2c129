import { createPublicKey } from "node:crypto";
import { describe, expect, test } from "vitest";
import { selfSignedCertificate } from "../../../harness/emission/keys/certificate.ts";
import type { Policy } from "../../../src/policy.ts";
import { readToken } from "../../../src/read/jwt.ts";
import { ecKey, idClaims, ISSUER, NOW, oidcPolicy, rsaKey, segment, signed } from "../support/tokens.ts";

const rsa = rsaKey("rsa-1");
const next = rsaKey("rsa-2");
const stranger = rsaKey("rsa-1");

async function outcome(jwt: string, policy: Policy): Promise<readonly string[]> {
  const { signature, artifact, obstacles } = await readToken(jwt, policy);
  expect(artifact !== undefined).toBe(signature !== "failed");
  return [signature, ...obstacles.map(({ kind }) => kind)];
}

describe("keys are bound to their issuer", () => {
  const other = "https://other.example";
  const two = (): Policy => ({
    ...oidcPolicy([]),
    issuers: [
      { issuer: ISSUER, jwks: { keys: [rsa.jwk] } },
      { issuer: other, jwks: { keys: [next.jwk] } },
    ],
  });
  test.each([
    { what: "own key", iss: ISSUER, key: rsa, result: ["verified"] },
    { what: "the other's own key", iss: other, key: next, result: ["verified"] },
    {
      what: "one issuer's key under the other's name",
      iss: ISSUER,
      key: next,
      result: ["failed", "key-untrusted"],
    },
    {
      what: "nobody's name and a trusted key: the issuer rule's business",
      iss: "https://x.example",
      key: rsa,
      result: ["verified"],
    },
    { what: "a name that only starts alike", iss: `${ISSUER}/`, key: rsa, result: ["verified"] },
  ])("$what → $result", async ({ iss, key, result }) => {
    const jwt = signed({ alg: "RS256", kid: key.jwk["kid"] }, idClaims({ iss }), key);
    expect(await outcome(jwt, two())).toEqual(result);
  });

  test("without a kid the other issuer's key is not tried either", async () => {
    const jwt = signed({ alg: "RS256" }, idClaims(), next);
    expect(await outcome(jwt, two())).toEqual(["failed", "signature-invalid"]);
  });

  test("keys without an issuer vouch for any issuer, an issuer without keys for none", async () => {
    const jwt = signed({ alg: "RS256", kid: "rsa-1" }, idClaims(), rsa);
    expect(await outcome(jwt, { ...oidcPolicy([]), issuers: [{ jwks: { keys: [rsa.jwk] } }] })).toEqual([
      "verified",
    ]);
    expect(await outcome(jwt, { ...oidcPolicy([]), issuers: [{ issuer: ISSUER }] })).toEqual([
      "failed",
      "key-untrusted",
    ]);
  });
});

const untrusting: Policy = { ...oidcPolicy([]), issuers: [] };

describe("a policy that trusts no issuer", () => {
  const jwt = signed({ alg: "RS256", kid: "rsa-1" }, idClaims(), stranger);
  test("reads, and says that the signature was not checked", async () => {
    expect(await outcome(jwt, untrusting)).toEqual(["unchecked", "signature-unchecked"]);
  });
  test("still names what the header forbids", async () => {
    const unsigned = `${segment({ alg: "none" })}.${segment(idClaims())}.`;
    expect(await outcome(unsigned, untrusting)).toEqual([
      "unchecked",
      "signature-missing",
      "signature-unchecked",
    ]);
  });
});

/** Trusts the issuer with one certificate. */
function certified(pem: string): Policy {
  return { ...oidcPolicy([]), issuers: [{ issuer: ISSUER, certificates: [pem] }] };
}

describe("a key known from a certificate", () => {
  const pair = { privateKey: next.privateKey, publicKey: createPublicKey(next.privateKey) };
  const certificate = selfSignedCertificate(pair, "idp.example", NOW);

  test.each([
    { header: { alg: "RS256" }, key: next, result: ["verified"] },
    { header: { alg: "PS256", kid: "unpublished" }, key: next, result: ["verified"] },
    { header: { alg: "RS256" }, key: rsa, result: ["failed", "signature-invalid"] },
    { header: { alg: "ES256" }, key: rsa, result: ["failed", "key-untrusted"] },
  ])("$header → $result", async ({ header, key, result }) => {
    const signer = header.alg === "ES256" ? ecKey(undefined) : key;
    expect(await outcome(signed(header, idClaims(), signer, header.alg), certified(certificate))).toEqual(
      result,
    );
  });

  test("a certificate that cannot be read is no key", async () => {
    const jwt = signed({ alg: "RS256" }, idClaims(), next);
    expect(await outcome(jwt, certified("nonsense"))).toEqual(["failed", "key-untrusted"]);
  });
});
