import { expect, test } from "vitest";
import { z } from "zod";
import { judgeIdToken, judgeSamlResponse, type Policy } from "../../../src/index.ts";
import { edKey, NOW as SAML_NOW, samplePolicy, sampleResponse, signSaml } from "../../support/signed-saml.ts";
import { idClaims, ISSUER, NOW, oidcPolicy, rsaKey, signed } from "../support/tokens.ts";

/** Taken as it comes: whoever fetches a JWK Set gets JSON, and its types are only a promise. */
const fetched = z.object({ keys: z.array(z.custom<Readonly<Record<string, unknown>>>()) });

const key = rsaKey("k");
const { jwk } = key;
const modulus = Buffer.from(String(jwk["n"]), "base64url");
const zeroFirst = Buffer.concat([Buffer.from([0]), modulus]).toString("base64url");

/** A policy whose JWK Set came as JSON of somebody else. */
function trusting(keys: readonly unknown[]): Policy {
  const { issuers: _, ...policy } = oidcPolicy([]);
  return { ...policy, issuers: [{ issuer: ISSUER, jwks: fetched.parse({ keys }) }] };
}

// RFC 7517 §4, §5: members that are not understood are ignored, and a key that contradicts itself is no key for this.
test.each([
  { name: "n with a zero in front", keys: [{ ...jwk, n: zeroFirst }], holds: true },
  { name: "kty in lower case", keys: [{ ...jwk, kty: "rsa" }], holds: false },
  { name: "key_ops that do not verify", keys: [{ ...jwk, key_ops: ["sign"] }], holds: false },
  { name: "key_ops that contradict use", keys: [{ ...jwk, use: "sig", key_ops: ["encrypt"] }], holds: false },
  { name: "use that contradicts key_ops", keys: [{ ...jwk, use: "enc", key_ops: ["verify"] }], holds: false },
  { name: "key_ops as a string", keys: [{ ...jwk, key_ops: "verify" }], holds: false },
  { name: "kid as a number beside none", keys: [{ ...jwk, kid: 7 }], holds: false },
  { name: "null beside the key", keys: [null, jwk], holds: true },
  { name: "texts and arrays beside the key", keys: ["x", [jwk], 1, jwk], holds: true },
  { name: "nothing but null", keys: [null], holds: false },
  { name: "another key of the same kid in front", keys: [rsaKey("k").jwk, jwk], holds: true },
])("a JWK Set with $name verifies: $holds", async ({ keys, holds }) => {
  const token = signed({ alg: "RS256", kid: "k" }, idClaims(), key);
  const { signature } = await judgeIdToken(token, trusting(keys), NOW);
  expect(signature).toBe(holds ? "verified" : "failed");
});

test("a kid in NFD is not one in NFC, and the message tells the two apart", async () => {
  const token = signed({ alg: "RS256", kid: "cl\u00e9" }, idClaims(), key);
  const verdict = await judgeIdToken(token, trusting([{ ...jwk, kid: "cle\u0301" }]), NOW);
  expect(verdict.findings.map(({ rule }) => rule)).toEqual(["oidc.key.untrusted"]);
  expect(verdict.reason).toMatch(/looks the same and has other characters.*NFC, NFD/);
});

test("null in a JWK Set keeps no response from being judged", async () => {
  const own = edKey();
  const xml = signSaml(sampleResponse(), "Assertion", own, { algorithm: "EdDSA" });
  const [issuer] = samplePolicy([own]).issuers;
  const issuers = [{ ...issuer, jwks: fetched.parse({ keys: [null, own.jwk] }) }];
  expect((await judgeSamlResponse(xml, samplePolicy([own], { issuers }), SAML_NOW)).signature).toBe(
    "verified",
  );
});
