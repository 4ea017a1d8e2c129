import { describe, expect, test } from "vitest";
import type { Policy } from "../../src/policy.ts";
import type { Verdict } from "../../src/verdict.ts";
import { judgeIdToken } from "../../src/judge.ts";
import { idClaims, NOW, oidcPolicy, rsaKey, segment, signed } from "./support/tokens.ts";

const key = rsaKey("k1");
const stranger = rsaKey("k1");
const header = { alg: "RS256", kid: "k1" };
const untrusting: Partial<Policy> = { issuers: [] };

function idToken(changes: Parameters<typeof idClaims>[0] = {}, signer = key): string {
  return signed(header, idClaims(changes), signer);
}

function summary({ verdict, signature, findings }: Verdict): readonly unknown[] {
  return [verdict, signature, ...findings.map(({ rule }) => rule)];
}

describe("judgeIdToken", () => {
  test.each([
    { what: "all right", jwt: idToken(), changes: {}, result: ["compliant", "verified"] },
    {
      what: "no MFA",
      jwt: idToken({ amr: ["pwd"] }),
      changes: {},
      result: ["non-compliant", "verified", "oidc.amr.mfa-absent"],
    },
    {
      what: "a bad message outweighs missing evidence, and both are named",
      jwt: idToken({ amr: ["pwd"], exp: NOW - 600 }),
      changes: {},
      result: ["non-compliant", "verified", "oidc.time.expired", "oidc.amr.mfa-absent"],
    },
    {
      what: "an old sign-in with MFA",
      jwt: idToken({ auth_time: NOW - 4000 }),
      changes: { maxAuthAgeSeconds: 3600 },
      result: ["re-authenticate", "verified", "oidc.auth-time.stale"],
    },
    {
      what: "an old sign-in without MFA",
      jwt: idToken({ auth_time: NOW - 4000, amr: [] }),
      changes: { maxAuthAgeSeconds: 3600 },
      result: ["non-compliant", "verified", "oidc.amr.mfa-absent", "oidc.auth-time.stale"],
    },
    {
      what: "a stranger's signature",
      jwt: idToken({}, stranger),
      changes: {},
      result: ["non-compliant", "failed", "oidc.signature.invalid"],
    },
    {
      what: "another issuer with the right key",
      jwt: idToken({ iss: "https://x.example" }),
      changes: {},
      result: ["non-compliant", "verified", "oidc.issuer.mismatch"],
    },
    {
      what: "no keys: never compliant",
      jwt: idToken({}, stranger),
      changes: untrusting,
      result: ["inconclusive", "unchecked", "oidc.signature.unchecked"],
    },
    {
      what: "no keys and no MFA",
      jwt: idToken({ amr: ["pwd"] }, stranger),
      changes: untrusting,
      result: ["non-compliant", "unchecked", "oidc.signature.unchecked", "oidc.amr.mfa-absent"],
    },
    {
      what: "no keys and an old sign-in",
      jwt: idToken({ auth_time: NOW - 4000 }, stranger),
      changes: { ...untrusting, maxAuthAgeSeconds: 3600 },
      result: ["inconclusive", "unchecked", "oidc.signature.unchecked", "oidc.auth-time.stale"],
    },
    {
      what: "no keys and alg none",
      jwt: `${segment({ alg: "none" })}.${segment(idClaims())}.`,
      changes: untrusting,
      result: ["non-compliant", "unchecked", "oidc.signature.missing", "oidc.signature.unchecked"],
    },
    {
      what: "not a token",
      jwt: "hello",
      changes: {},
      result: ["non-compliant", "failed", "oidc.token.malformed"],
    },
    {
      what: "not a token, and no keys",
      jwt: "hello",
      changes: untrusting,
      result: ["non-compliant", "unchecked", "oidc.token.malformed"],
    },
    {
      what: "an encrypted token cannot be judged either way",
      jwt: `${segment({ alg: "RSA-OAEP-256", enc: "A256GCM" })}.a.b.c.d`,
      changes: {},
      result: ["inconclusive", "unchecked", "oidc.token.encrypted"],
    },
    {
      what: "an encrypted token that no key opens",
      jwt: `${segment({ alg: "RSA-OAEP-256", enc: "A256GCM" })}.AAAA.AAAA.AAAA.AAAA`,
      changes: { decryptionKeys: [{ kty: "oct" }] },
      result: ["non-compliant", "unchecked", "oidc.token.undecryptable"],
    },
    {
      what: "an encryption that needs a shared secret",
      jwt: `${segment({ alg: "dir", enc: "A256GCM" })}..AAAA.AAAA.AAAA`,
      changes: {},
      result: ["non-compliant", "failed", "oidc.algorithm.forbidden"],
    },
    {
      what: "a token that was used before",
      jwt: idToken({ jti: "j-1" }),
      changes: { replay: { has: (id: string) => id === "https://idp.example j-1" } },
      result: ["non-compliant", "verified", "oidc.token.replayed"],
    },
    {
      what: "more than the policy reads",
      jwt: idToken(),
      changes: { maxBytes: 100 },
      result: ["non-compliant", "failed", "oidc.token.too-large"],
    },
    {
      what: "a skew that is not given is 60 seconds",
      jwt: idToken({ exp: NOW - 59 }),
      changes: {},
      result: ["compliant", "verified"],
    },
  ])("$what → $result", async ({ jwt, changes, result }) => {
    expect(summary(await judgeIdToken(jwt, oidcPolicy([key], changes), NOW))).toEqual(result);
  });

  test("says everything it knows of a good token", async () => {
    expect(await judgeIdToken(idToken(), oidcPolicy([key]), NOW)).toEqual({
      verdict: "compliant",
      reason: "The signature holds, every check passed, and MFA is stated.",
      channel: "oidc",
      artifact: "id-token",
      policy: "oidc",
      signature: "verified",
      findings: [],
      evidence: {
        issuer: "https://idp.example",
        subject: "alice",
        audiences: ["relying-party-1"],
        issuedAt: NOW - 30,
        expiresAt: NOW + 300,
        authenticatedAt: NOW - 40,
        statements: [{ kind: "amr", at: "/claims/amr", name: "amr", value: ["pwd", "otp", "mfa"] }],
      },
      matchers: {
        strict: "pass",
        "ms-cmdlet": "pass",
        "ms-mca": "pass",
        "partner-consent": "pass",
        eam: "fail",
      },
      disagreement: [],
      unchecked: ["replay", "authentication-age"],
    });
  });

  test("shows nothing of a token whose signature failed, and says so", async () => {
    const { evidence, matchers, reason, findings } = await judgeIdToken(
      idToken({ amr: ["ngcmfa"] }, stranger),
      oidcPolicy([key]),
      NOW,
    );
    expect(evidence).toBeUndefined();
    expect(matchers).toEqual({
      strict: "fail",
      "ms-cmdlet": "pass",
      "ms-mca": "pass",
      "partner-consent": "fail",
      eam: "fail",
    });
    expect(findings).toHaveLength(1);
    expect(reason).toContain("content was not read");
  });

  test("lists what the policy leaves open", async () => {
    const { nonce: _, audiences: __, ...open } = oidcPolicy([key], untrusting);
    const { unchecked } = await judgeIdToken(idToken(), open, NOW);
    expect(unchecked).toEqual(["signature", "issuer", "audience", "replay", "nonce", "authentication-age"]);
  });

  test("an issuer without a name leaves the issuer open, also beside one with a name", async () => {
    const { issuers } = oidcPolicy([key]);
    const { unchecked } = await judgeIdToken(
      idToken(),
      oidcPolicy([key], { issuers: [...issuers, {}] }),
      NOW,
    );
    expect(unchecked).toEqual(["issuer", "replay", "authentication-age"]);
  });

  test("answers for each reader beside the verdict", async () => {
    const token = idToken({ amr: ["wiaormfa"] });
    const { verdict, matchers, disagreement } = await judgeIdToken(token, oidcPolicy([key]), NOW);
    expect({ verdict, matchers, disagreement }).toEqual({
      verdict: "non-compliant",
      matchers: {
        strict: "fail",
        "ms-cmdlet": "pass",
        "ms-mca": "pass",
        "partner-consent": "fail",
        eam: "fail",
      },
      disagreement: ["ms-cmdlet", "ms-mca"],
    });
  });

  test.each([
    { claims: { amr: ["pwd", "otp"] }, visibility: "challenged-but-invisible" },
    {
      claims: { amr: ["pwd"], acr: "https://refeds.org/profile/mfa" },
      visibility: "challenged-but-invisible",
    },
    { claims: { amr: ["pwd", "pin", "mfa"] }, visibility: "visible-but-never-challenged" },
    { claims: { acr: "0" }, visibility: "visible-but-never-challenged" },
    { claims: {}, visibility: undefined },
    { claims: { amr: ["pwd"] }, visibility: undefined },
  ])("$claims is $visibility", async ({ claims, visibility }) => {
    const verdict = await judgeIdToken(idToken(claims), oidcPolicy([key]), NOW);
    expect(verdict.visibility).toBe(visibility);
  });

  test.each([
    { what: "now is NaN", now: Number.NaN, changes: {} },
    { what: "the skew is NaN", now: NOW, changes: { clockSkewSeconds: Number.NaN } },
    { what: "the skew is negative", now: NOW, changes: { clockSkewSeconds: -1 } },
    { what: "the limit is negative", now: NOW, changes: { maxBytes: -1 } },
    { what: "the limit is NaN", now: NOW, changes: { maxBytes: Number.NaN } },
    { what: "the key size is NaN", now: NOW, changes: { minRsaBits: Number.NaN } },
    { what: "the key size is negative", now: NOW, changes: { minRsaBits: -1 } },
    { what: "the age is negative", now: NOW, changes: { maxAuthAgeSeconds: -1 } },
    { what: "the age is infinite", now: NOW, changes: { maxAuthAgeSeconds: Number.POSITIVE_INFINITY } },
    { what: "the clock runs forever", now: Number.POSITIVE_INFINITY, changes: {} },
  ])("misuse is a TypeError: $what", async ({ now, changes }) => {
    await expect(judgeIdToken(idToken(), oidcPolicy([key], changes), now)).rejects.toThrow(TypeError);
  });
});
