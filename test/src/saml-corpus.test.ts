import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Policy, TrustedIssuer } from "../../src/policy.ts";
import { readSamlResponse } from "../../src/read/saml-response.ts";
import { type SampleKey, secondOpinion } from "../support/signed-saml.ts";
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

const manifestSchema = z.object({
  policy: z.object({
    common: z.object({ skewSeconds: z.number() }),
    saml: z.object({
      idpEntityId: z.string(),
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
    decryption: z.string(),
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
      consumed_ids: z.array(z.string()).default([]),
      why: z.string(),
    }),
  ),
});

type Manifest = z.infer<typeof manifestSchema>;

function read(path: string): string {
  return readFileSync(join(folder ?? "", path), "utf8");
}

type Case = Manifest["cases"][number];

function certificateKey(manifest: Manifest): Pick<SampleKey, "jwk"> {
  const [issuer] = manifest.trust.saml["idp"] ?? [];
  const { publicKey } = new X509Certificate(read(issuer?.certs[0] ?? ""));
  return { jwk: { ...publicKey.export({ format: "jwk" }) } };
}

function policyOf(manifest: Manifest, { trust, consumed_ids: used }: Case): Policy {
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
    decryptionKeys: [read(manifest.trust.decryption)],
    replay: { has: (key) => used.some((id) => key === `${saml.idpEntityId} ${id}`) },
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
    const policy = policyOf(manifest, each);
    const { answer } = await findingsOf(bytes, policy, Date.parse(each.clock) / 1000);
    const right =
      each.expected === "reject" ? "reject" : `accept ${each.expected_mfa ? "with" : "without"} mfa`;
    const allowed = [right, ...(each.also_ok === undefined ? [] : [each.also_ok])];
    expect(allowed).toContain(answer);
  });

  // The second opinion has nothing to say about what is no XML, breaks the SAML profile, is not RSA with SHA-2, or is hidden.
  const SILENT = [
    "malformed",
    "dtd",
    "structure",
    "signature-structure",
    "algorithm-forbidden",
    "signature-missing",
  ];

  test("xml-crypto agrees about every signature it can verify", async () => {
    if (manifest === undefined) throw new Error("the corpus has no manifest");
    const differing: string[] = [];
    let compared = 0;
    for (const each of cases.filter(({ trust }) => trust === "idp")) {
      const xml = read(each.file);
      const { signature, obstacles } = await readSamlResponse(xml, policyOf(manifest, each));
      if (obstacles.some(({ kind }) => SILENT.includes(kind)) || xml.includes("EncryptedData")) continue;
      compared += 1;
      if ((signature === "verified") !== secondOpinion(xml, certificateKey(manifest)))
        differing.push(each.id);
    }
    expect(differing).toEqual([]);
    expect(compared).toBeGreaterThan(cases.length / 2);
  });
});
