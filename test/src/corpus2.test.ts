import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import {
  judgeAccessToken,
  judgeEamToken,
  judgeIdToken,
  judgeSamlResponse,
  judgeWsFedResponse,
} from "../../src/judge.ts";
import { policies } from "../../src/policies.ts";
import type { Policy, TrustedIssuer } from "../../src/policy.ts";
import { rules } from "../../src/rules/index.ts";
import type { Verdict } from "../../src/verdict.ts";

/** A second folder of signed artifacts with known answers, one for each kind of mistake that was found. */
const folder = process.env["MFA_HARNESS_CORPUS2"];

/** Cases that do not come out right yet. Whoever mends one removes it here. */
const KNOWN_OPEN: readonly string[] = [];

/** Signatures by their JOSE names, which the library knows them by. */
const ALGORITHMS: Readonly<Record<string, string>> = {
  "rsa-sha256": "RS256",
  "rsa-sha384": "RS384",
  "rsa-sha512": "RS512",
  "sha256-rsa-MGF1": "PS256",
  "ecdsa-sha256": "ES256",
  "ecdsa-sha384": "ES384",
  "ecdsa-sha512": "ES512",
  "eddsa-ed25519": "EdDSA",
};

const xmlPolicySchema = z.object({
  idpEntityId: z.string(),
  spEntityId: z.string(),
  acsUrl: z.string(),
  inResponseTo: z.string().optional(),
  amrAttributes: z.array(z.object({ name: z.string(), nameFormats: z.array(z.string().nullable()) })),
  mfaValues: z.array(z.string()),
  classRefs: z.array(z.string()).default([]),
  allowedSignature: z.array(z.string()),
  minRsaBits: z.number(),
});
const policySchema = z.object({
  common: z.object({ skewSeconds: z.number() }),
  saml: xmlPolicySchema,
  wsfed: xmlPolicySchema,
  jwt: z.object({
    issuer: z.string(),
    audience: z.string(),
    accessTokenAudience: z.string(),
    nonce: z.string(),
    algs: z.array(z.string()),
  }),
});
const caseSchema = z.object({
  id: z.string(),
  file: z.string(),
  protocol: z.enum(["saml", "wsfed", "jwt"]),
  trust: z.string(),
  clock: z.string(),
  kind: z.enum(["id_token", "access_token"]).default("id_token"),
  judge: z.literal("eam").optional(),
  expected: z.enum(["accept", "reject"]),
  expected_mfa: z.boolean().nullable(),
  mfa_either: z.boolean().default(false),
  also_ok: z.string().optional(),
  consumed_ids: z.array(z.string()).default([]),
  policy: z.object({ maxAuthAgeSeconds: z.number().exactOptional() }).default({}),
  product_policy: z.record(z.string(), z.json()).default({}),
  why: z.string(),
});
const manifestSchema = z.object({
  policy: policySchema,
  trust: z.object({
    saml: z.record(z.string(), z.array(z.object({ issuer: z.string(), certs: z.array(z.string()) }))),
    jwt: z.record(z.string(), z.string()),
    decryption: z.string(),
  }),
  cases: z.array(caseSchema),
});
const jwksSchema = z.object({ keys: z.array(z.record(z.string(), z.unknown())) });

type Manifest = z.infer<typeof manifestSchema>;
type Case = z.infer<typeof caseSchema>;

function read(path: string): string {
  return readFileSync(join(folder ?? "", path), "utf8");
}

function shared({ policy, trust }: Manifest, each: Case, issuer: string): Partial<Policy> {
  return {
    clockSkewSeconds: policy.common.skewSeconds,
    decryptionKeys: [read(trust.decryption)],
    replay: new Set(each.consumed_ids.map((id) => `${issuer} ${id}`)),
    ...each.policy,
  };
}

function xmlPolicy(manifest: Manifest, each: Case, protocol: "saml" | "wsfed"): Policy {
  const own = manifest.policy[protocol];
  const issuers = (manifest.trust.saml[each.trust] ?? []).map(({ issuer, certs }): TrustedIssuer => {
    return { issuer, certificates: certs.map((cert) => read(cert)) };
  });
  return {
    ...policies["saml-attribute"],
    issuers,
    audiences: [own.spEntityId],
    assertionConsumerService: own.acsUrl,
    ...(own.inResponseTo === undefined ? {} : { requestId: own.inResponseTo }),
    algorithms: own.allowedSignature.map((name) => ALGORITHMS[name] ?? name),
    minRsaBits: own.minRsaBits,
    mfa: {
      amrValues: [],
      classRefs: own.classRefs,
      attributes: own.amrAttributes,
      attributeValues: own.mfaValues,
    },
    ...shared(manifest, each, own.idpEntityId),
  };
}

function tokenPolicy(manifest: Manifest, each: Case): Policy {
  const { issuer, audience, accessTokenAudience, nonce, algs } = manifest.policy.jwt;
  const jwks = jwksSchema.parse(JSON.parse(read(manifest.trust.jwt[each.trust] ?? "")));
  const isAccessToken = each.kind === "access_token";
  return {
    ...policies[isAccessToken ? "partner-api" : "oidc"],
    issuers: [{ issuer, jwks }],
    audiences: [isAccessToken ? accessTokenAudience : audience],
    algorithms: algs,
    ...(isAccessToken ? {} : { nonce }),
    ...shared(manifest, each, issuer),
  };
}

/** The members of the case laid over the policy; `null` leaves one out. */
function laidOver(policy: Policy, { product_policy: changes }: Case): Policy {
  const left = Object.entries(policy).filter(([name]) => changes[name] !== null);
  const own = Object.entries(changes).filter(([, value]) => value !== null);
  return { ...policy, ...Object.fromEntries([...left, ...own]) };
}

async function judge(manifest: Manifest, each: Case): Promise<Verdict> {
  const now = Date.parse(each.clock) / 1000;
  const bytes = readFileSync(join(folder ?? "", each.file));
  if (each.protocol === "jwt") {
    const judgeToken = each.kind === "access_token" ? judgeAccessToken : judgeIdToken;
    const chosen = each.judge === "eam" ? judgeEamToken : judgeToken;
    return await chosen(bytes.toString("utf8"), laidOver(tokenPolicy(manifest, each), each), now);
  }
  const chosen = each.protocol === "saml" ? judgeSamlResponse : judgeWsFedResponse;
  return await chosen(bytes, laidOver(xmlPolicy(manifest, each, each.protocol), each), now);
}

const about = new Map(rules.map((rule) => [rule.id, rule.about]));

/** What the verdict comes to in the corpus' own words: a rejected message, or what it says about MFA. */
function answer({ verdict, signature, findings }: Verdict): string {
  const broken = findings.some(({ rule, severity }) => severity === "error" && about.get(rule) === "message");
  if (broken || signature === "failed" || verdict === "re-authenticate") return "reject";
  return verdict === "compliant" ? "accept with MFA" : "accept without MFA";
}

function rightAnswers({ expected, expected_mfa: mfa, ...each }: Case): readonly string[] {
  const both = ["accept with MFA", "accept without MFA"];
  const accepted = each.mfa_either ? both : [`accept ${mfa === true ? "with" : "without"} MFA`];
  return [
    ...(expected === "reject" ? ["reject"] : accepted),
    ...(each.also_ok === "reject" ? ["reject"] : []),
  ];
}

describe.skipIf(folder === undefined)("the second corpus (set MFA_HARNESS_CORPUS2 to its folder)", () => {
  const manifest = folder === undefined ? undefined : manifestSchema.parse(JSON.parse(read("manifest.json")));
  const cases = (manifest?.cases ?? []).map((each) => ({ ...each, open: KNOWN_OPEN.includes(each.id) }));

  async function check(each: Case): Promise<void> {
    if (manifest === undefined) throw new Error("the corpus has no manifest");
    expect(rightAnswers(each)).toContain(answer(await judge(manifest, each)));
  }

  test.each(cases.filter(({ open }) => !open))("$id: $why", check);
  test.fails.each(cases.filter(({ open }) => open))("not right yet: $id: $why", check);
});
