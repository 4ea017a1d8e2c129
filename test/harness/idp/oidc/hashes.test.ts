import { expect, test } from "vitest";
import { hashClaims } from "../../../../harness/idp/oidc/hashes.ts";

// The examples of OpenID Connect Core, appendix A.4.
const CODE = "Qcb0Orv1zh30vL1MPRsbm-diHiMwcLyZvn1arpZv-Jxf_11jnpEX3Tgfvk";
const ACCESS_TOKEN = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y";

test.each([
  { beside: {}, claims: {} },
  { beside: { code: CODE }, claims: { c_hash: "LDktKdoQak3Pk0cnXxCltA" } },
  { beside: { accessToken: ACCESS_TOKEN }, claims: { at_hash: "77QmUPtjPfzWtF2AnpK9RQ" } },
  {
    beside: { accessToken: ACCESS_TOKEN, code: CODE, state: ACCESS_TOKEN },
    claims: {
      at_hash: "77QmUPtjPfzWtF2AnpK9RQ",
      c_hash: "LDktKdoQak3Pk0cnXxCltA",
      s_hash: "77QmUPtjPfzWtF2AnpK9RQ",
    },
  },
])("$beside with RS256 → $claims", ({ beside, claims }) => {
  expect(hashClaims(beside, "RS256")).toEqual(claims);
});

test.each([
  { alg: "HS256", bytes: 16 },
  { alg: "ES384", bytes: 24 },
  { alg: "PS512", bytes: 32 },
  { alg: "EdDSA", bytes: 32 },
])("$alg: half a digest has $bytes bytes", ({ alg, bytes }) => {
  const { at_hash: hash = "" } = hashClaims({ accessToken: ACCESS_TOKEN }, alg);
  expect(Buffer.from(hash, "base64url")).toHaveLength(bytes);
});
