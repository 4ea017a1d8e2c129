import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { judgeIdToken } from "../../src/index.ts";
import type { Policy } from "../../src/policy.ts";
import { ecKey, edKey, idClaims, NOW, oidcPolicy, rsaKey, signed } from "./support/tokens.ts";

const key = rsaKey("k");

/** The tokens and hashes that OIDC Core prints, appendix A.6. */
const ACCESS_TOKEN = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y";
const CODE = "Qcb0Orv1zh30vL1MPRsbm-diHiMwcLyZvn1arpZv-Jxf_11jnpEX3Tgfvk";
const AT_HASH = "77QmUPtjPfzWtF2AnpK9RQ";
const C_HASH = "LDktKdoQak3Pk0cnXxCltA";

interface Row {
  readonly name: string;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly policy: Partial<Policy>;
  readonly ids: readonly string[];
  readonly open: readonly string[];
}

const hashes = { at_hash: AT_HASH, c_hash: C_HASH };
const beside = { accessToken: ACCESS_TOKEN, code: CODE };

test.each<Row>([
  { name: "neither hashes nor what they are of", claims: {}, policy: {}, ids: [], open: [] },
  { name: "hashes of what is not known", claims: hashes, policy: {}, ids: [], open: ["at_hash", "c_hash"] },
  { name: "what is not hashed", claims: {}, policy: beside, ids: [], open: ["at_hash", "c_hash"] },
  { name: "hashes of what is known", claims: hashes, policy: beside, ids: [], open: [] },
  { name: "one of the two", claims: hashes, policy: { code: CODE }, ids: [], open: ["at_hash"] },
  {
    name: "another access token",
    claims: hashes,
    policy: { ...beside, accessToken: `${ACCESS_TOKEN}x` },
    ids: ["oidc.at-hash.mismatch"],
    open: [],
  },
  {
    name: "another code",
    claims: hashes,
    policy: { ...beside, code: ACCESS_TOKEN },
    ids: ["oidc.c-hash.mismatch"],
    open: [],
  },
  {
    name: "exchanged hashes",
    claims: { at_hash: C_HASH, c_hash: AT_HASH },
    policy: beside,
    ids: ["oidc.at-hash.mismatch", "oidc.c-hash.mismatch"],
    open: [],
  },
  {
    name: "no hashes in a hybrid flow",
    claims: {},
    policy: { responseType: "code id_token token" },
    ids: ["oidc.at-hash.absent", "oidc.c-hash.absent"],
    open: [],
  },
])("$name → $ids, open $open", async ({ claims, policy, ids, open }) => {
  const jwt = signed({ alg: "RS256", kid: "k" }, idClaims(claims), key);
  const { findings, unchecked } = await judgeIdToken(jwt, oidcPolicy([key], policy), NOW);
  expect(findings.map(({ rule }) => rule)).toEqual(ids);
  expect(unchecked.filter((name) => name.endsWith("_hash"))).toEqual(open);
});

// The hash is the one in the name of the alg; Ed25519 has SHA-512 in it.
test.each([
  { alg: "RS384", signer: key, name: "sha384" },
  { alg: "ES512", signer: ecKey("k", "P-521"), name: "sha512" },
  { alg: "EdDSA", signer: edKey("k"), name: "sha512" },
])("$alg hashes with $name", async ({ alg, signer, name }) => {
  const hash = createHash(name).update(ACCESS_TOKEN).digest();
  const at_hash = hash.subarray(0, hash.length / 2).toString("base64url");
  const jwt = signed({ alg, kid: "k" }, idClaims({ at_hash }), signer, alg);
  const { findings } = await judgeIdToken(jwt, oidcPolicy([signer], { accessToken: ACCESS_TOKEN }), NOW);
  expect(findings).toEqual([]);
});
