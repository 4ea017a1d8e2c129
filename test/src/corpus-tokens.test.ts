import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { judgeAccessToken, judgeIdToken } from "../../src/judge.ts";
import { policies } from "../../src/policies.ts";
import type { Policy } from "../../src/policy.ts";
import { oidcRules } from "../../src/rules/oidc/index.ts";
import { oidcReadingRules } from "../../src/rules/oidc/reading.ts";
import { partnerApiRules } from "../../src/rules/partner-api/index.ts";
import { partnerApiReadingRules } from "../../src/rules/partner-api/reading.ts";
import type { Verdict } from "../../src/verdict.ts";

/** A folder of signed artifacts with known answers, described by its manifest.json. */
const folder = process.env["MFA_HARNESS_CORPUS"];

const manifestSchema = z.object({
  policy: z.object({
    common: z.object({ skewSeconds: z.number() }),
    jwt: z.object({
      issuer: z.string(),
      audience: z.string(),
      accessTokenAudience: z.string(),
      nonce: z.string(),
      algs: z.array(z.string()),
      mfaValue: z.string(),
    }),
  }),
  trust: z.object({ jwt: z.record(z.string(), z.string()), decryption: z.string() }),
  cases: z.array(
    z.object({
      id: z.string(),
      file: z.string(),
      protocol: z.string(),
      trust: z.string(),
      clock: z.string(),
      kind: z.string().optional(),
      expected: z.enum(["accept", "reject"]),
      expected_mfa: z.boolean().nullable(),
      also_ok: z.string().optional(),
      consumed_ids: z.array(z.string()).optional(),
      why: z.string(),
    }),
  ),
});
const jwksSchema = z.object({ keys: z.array(z.record(z.string(), z.unknown())) });

const rules = [...oidcReadingRules, ...oidcRules, ...partnerApiReadingRules, ...partnerApiRules];
const about = new Map(rules.map((rule) => [rule.id, rule.about]));

/** What the verdict comes to in the corpus' own words: a refused message, or what it says about MFA. */
function answer({ verdict, signature, findings }: Verdict): string {
  const refused = findings.some(
    ({ rule, severity }) => severity === "error" && about.get(rule) === "message",
  );
  if (refused || signature === "failed") return "reject";
  return verdict === "compliant" ? "accept with MFA" : "accept without MFA";
}

describe.skipIf(folder === undefined)("tokens of the corpus (set MFA_HARNESS_CORPUS to run)", () => {
  const root = folder ?? "";
  const manifest =
    folder === undefined
      ? undefined
      : manifestSchema.parse(JSON.parse(readFileSync(join(root, "manifest.json"), "utf8")));
  const cases = (manifest?.cases ?? []).filter(({ protocol }) => protocol === "jwt");

  test.each(cases)(
    "$id: $why",
    async ({ file, trust, clock, kind, consumed_ids: consumed = [], ...wanted }) => {
      if (manifest === undefined) return;
      const { common, jwt } = manifest.policy;
      const jwks = jwksSchema.parse(
        JSON.parse(readFileSync(join(root, manifest.trust.jwt[trust] ?? ""), "utf8")),
      );
      const isAccessToken = kind === "access_token";
      const policy: Policy = {
        ...policies[isAccessToken ? "partner-api" : "oidc"],
        issuers: [{ issuer: jwt.issuer, jwks }],
        audiences: [isAccessToken ? jwt.accessTokenAudience : jwt.audience],
        clockSkewSeconds: common.skewSeconds,
        algorithms: jwt.algs,
        decryptionKeys: [readFileSync(join(root, manifest.trust.decryption), "utf8")],
        replay: new Set(consumed.map((id) => `${jwt.issuer} ${id}`)),
        ...(isAccessToken ? {} : { nonce: jwt.nonce }),
      };
      const token = readFileSync(join(root, file), "utf8");
      const judge = isAccessToken ? judgeAccessToken : judgeIdToken;
      const right = [
        wanted.expected === "reject"
          ? "reject"
          : `accept ${wanted.expected_mfa === true ? "with" : "without"} MFA`,
        ...(wanted.also_ok === "reject" ? ["reject"] : []),
      ];
      expect(right).toContain(answer(await judge(token, policy, Date.parse(clock) / 1000)));
    },
  );
});
