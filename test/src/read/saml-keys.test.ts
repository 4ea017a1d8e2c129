import { createPublicKey } from "node:crypto";
import { describe, expect, test } from "vitest";
import { selfSignedCertificate } from "../../../harness/emission/keys/certificate.ts";
import type { Policy } from "../../../src/policy.ts";
import {
  ISSUER,
  NOW,
  rsaKey,
  samplePolicy,
  sampleResponse,
  signBoth,
  signSaml,
  type SampleKey,
} from "../../support/signed-saml.ts";
import { findingsOf } from "../rules/saml/findings.ts";

const key = rsaKey();
const stranger = rsaKey();
const weak = rsaKey(1024);
const plain = sampleResponse();
const signed = signSaml(plain, "Assertion", key);

/** A policy that knows keys only by certificates, which are long out of date: the key counts, not the dates. */
function certified(...keys: readonly SampleKey[]): Partial<Policy> {
  const certificates = keys.map(({ privateKey }) =>
    selfSignedCertificate({ privateKey, publicKey: createPublicKey(privateKey) }, "idp.example", 0),
  );
  return { issuers: [{ issuer: ISSUER, certificates }] };
}

function own(jwk: Readonly<Record<string, unknown>>): Partial<Policy> {
  return { issuers: [{ issuer: ISSUER, jwks: { keys: [jwk] } }] };
}

describe("keys are bound to issuer, size, use and algorithm", () => {
  const other = { issuer: "https://other.example", jwks: { keys: [stranger.jwk] } };
  const ours = { issuer: ISSUER, jwks: { keys: [key.jwk] } };
  const foreign = plain.replaceAll(ISSUER, "https://evil.example");
  test.each([
    {
      name: "another trusted issuer's key",
      xml: signSaml(plain, "Assertion", stranger),
      changes: { issuers: [ours, other] },
      ids: ["saml.key.untrusted"],
    },
    {
      name: "untrusted issuer, trusted key",
      xml: signBoth(foreign, key),
      changes: { issuers: [ours] },
      ids: ["saml.issuer.mismatch"],
    },
    {
      name: "untrusted issuer, stranger's key",
      xml: signSaml(foreign, "Assertion", stranger),
      changes: { issuers: [ours] },
      ids: ["saml.signature.invalid"],
    },
    {
      name: "only keys are known",
      xml: signBoth(foreign, key),
      changes: { issuers: [{ jwks: { keys: [key.jwk] } }] },
      ids: [],
    },
    {
      name: "RSA-1024",
      xml: signSaml(plain, "Assertion", weak),
      changes: own(weak.jwk),
      ids: ["saml.key.weak"],
    },
    {
      name: "larger minimum",
      xml: signed,
      changes: { ...own(key.jwk), minRsaBits: 3072 },
      ids: ["saml.key.weak"],
    },
    {
      name: "key for encryption",
      xml: signed,
      changes: own({ ...key.jwk, use: "enc" }),
      ids: ["saml.signature.invalid"],
    },
    {
      name: "key that may not verify",
      xml: signed,
      changes: own({ ...key.jwk, key_ops: ["encrypt"] }),
      ids: ["saml.signature.invalid"],
    },
    {
      name: "key that says it may verify",
      xml: signed,
      changes: own({ ...key.jwk, key_ops: ["verify"] }),
      ids: [],
    },
    {
      // RFC 7517 §4.3 names this very pair as one that goes together.
      name: "key that says it may sign and verify",
      xml: signed,
      changes: own({ ...key.jwk, key_ops: ["sign", "verify"] }),
      ids: [],
    },
    {
      name: "key for another algorithm",
      xml: signed,
      changes: own({ ...key.jwk, alg: "PS256" }),
      ids: ["saml.signature.invalid"],
    },
    {
      name: "key for this algorithm",
      xml: signed,
      changes: own({ ...key.jwk, alg: "RS256", use: "sig" }),
      ids: [],
    },
    {
      name: "algorithm not in the policy",
      xml: signed,
      changes: { algorithms: ["ES256"] },
      ids: ["saml.algorithm.forbidden"],
    },
    { name: "certificate", xml: signed, changes: certified(key), ids: [] },
    { name: "second of two certificates", xml: signed, changes: certified(stranger, key), ids: [] },
    {
      name: "another certificate",
      xml: signed,
      changes: certified(stranger),
      ids: ["saml.signature.invalid"],
    },
    {
      name: "key that is no key",
      xml: signed,
      changes: own({ kty: "RSA", n: "!", e: "?" }),
      ids: ["saml.signature.invalid"],
    },
    {
      name: "certificate that is none",
      xml: signed,
      changes: { issuers: [{ issuer: ISSUER, certificates: ["?"] }] },
      ids: ["saml.signature.invalid"],
    },
  ])("$name → $ids", async ({ xml, changes, ids }) => {
    expect((await findingsOf(xml, samplePolicy([key], changes), NOW)).ids).toEqual(ids);
  });
});
