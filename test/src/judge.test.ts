import { describe, expect, test } from "vitest";
import type { Policy } from "../../src/policy.ts";
import type { Verdict } from "../../src/verdict.ts";
import { judgeAccessToken, judgeIdToken } from "../../src/judge.ts";
import {
  accessClaims,
  apiPolicy,
  idClaims,
  NOW,
  oidcPolicy,
  rsaKey,
  segment,
  signed,
} from "./support/tokens.ts";

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
      result: ["inconclusive", "failed", "oidc.token.encrypted"],
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
      matchers: { strict: "pass", "ms-cmdlet": "pass", "ms-mca": "pass" },
      unchecked: ["authentication-age"],
    });
  });

  test("shows nothing of a token whose signature failed, and says so", async () => {
    const { evidence, matchers, reason, findings } = await judgeIdToken(
      idToken({ amr: ["ngcmfa"] }, stranger),
      oidcPolicy([key]),
      NOW,
    );
    expect(evidence).toBeUndefined();
    expect(matchers).toEqual({ strict: "fail", "ms-cmdlet": "missing", "ms-mca": "fail" });
    expect(findings).toHaveLength(1);
    expect(reason).toContain("content was not read");
  });

  test("lists what the policy leaves open", async () => {
    const { nonce: _, audiences: __, ...open } = oidcPolicy([key], untrusting);
    const { unchecked } = await judgeIdToken(idToken(), open, NOW);
    expect(unchecked).toEqual(["signature", "issuer", "audience", "nonce", "authentication-age"]);
  });

  test("answers for each reader beside the verdict", async () => {
    const { verdict, matchers } = await judgeIdToken(idToken({ amr: ["wiaormfa"] }), oidcPolicy([key]), NOW);
    expect({ verdict, matchers }).toEqual({
      verdict: "non-compliant",
      matchers: { strict: "fail", "ms-cmdlet": "pass", "ms-mca": "pass" },
    });
  });

  test.each([
    { what: "now is NaN", now: Number.NaN, changes: {} },
    { what: "the skew is NaN", now: NOW, changes: { clockSkewSeconds: Number.NaN } },
    { what: "the skew is negative", now: NOW, changes: { clockSkewSeconds: -1 } },
    { what: "the age is infinite", now: NOW, changes: { maxAuthAgeSeconds: Number.POSITIVE_INFINITY } },
  ])("misuse is a TypeError: $what", async ({ now, changes }) => {
    await expect(judgeIdToken(idToken(), oidcPolicy([key], changes), now)).rejects.toThrow(TypeError);
  });
});

describe("judgeAccessToken", () => {
  const appOnly = { scp: undefined, upn: undefined, amr: undefined, roles: ["user.read"], idtyp: "app" };
  test.each([
    { what: "all right", claims: {}, changes: {}, result: ["compliant", "verified"] },
    {
      what: "amr missing",
      claims: { amr: undefined },
      changes: {},
      result: ["non-compliant", "verified", "partner-api.amr.absent"],
    },
    {
      what: "a v2.0 token is not one without MFA",
      claims: { ver: "2.0", amr: undefined },
      changes: {},
      result: ["inconclusive", "verified", "partner-api.version.unsupported"],
    },
    {
      what: "an expired v2.0 token",
      claims: { ver: "2.0", exp: NOW - 600 },
      changes: {},
      result: ["non-compliant", "verified", "partner-api.time.expired", "partner-api.version.unsupported"],
    },
    {
      what: "an app-only token is exempt",
      claims: appOnly,
      changes: {},
      result: ["exempt", "verified", "partner-api.token.app-only"],
    },
    {
      what: "an app-only token for another API is not",
      claims: { ...appOnly, aud: "https://graph.windows.net" },
      changes: {},
      result: ["non-compliant", "verified", "partner-api.audience.mismatch", "partner-api.token.app-only"],
    },
    {
      what: "an app-only token that nobody verified is not",
      claims: appOnly,
      changes: untrusting,
      result: ["inconclusive", "unchecked", "partner-api.signature.unchecked", "partner-api.token.app-only"],
    },
    {
      what: "a user's token with roles is not app-only",
      claims: { roles: ["mfa"], amr: undefined },
      changes: {},
      result: ["non-compliant", "verified", "partner-api.amr.absent"],
    },
  ])("$what → $result", async ({ claims, changes, result }) => {
    const jwt = signed(header, accessClaims(claims), key);
    expect(summary(await judgeAccessToken(jwt, apiPolicy([key], changes), NOW))).toEqual(result);
  });
});
