import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/artifact.ts";
import type { Policy } from "../../src/policy.ts";
import type { Verdict } from "../../src/verdict.ts";
import { judgeAccessToken } from "../../src/judge.ts";
import { accessClaims, apiPolicy, NOW, rsaKey, signed } from "./support/tokens.ts";

const key = rsaKey("k1");
const header = { alg: "RS256", kid: "k1" };

function summary({ verdict, signature, findings }: Verdict): readonly unknown[] {
  return [verdict, signature, ...findings.map(({ rule }) => rule)];
}

interface Row {
  readonly what: string;
  readonly claims: JsonObject;
  readonly changes: Partial<Policy>;
  readonly result: readonly string[];
}

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
      changes: { issuers: [] },
      result: ["inconclusive", "unchecked", "partner-api.signature.unchecked", "partner-api.token.app-only"],
    },
    {
      what: "a vendor's app-only token is not exempt",
      claims: { ...appOnly, appid: "vendor-1" },
      changes: { vendorApps: ["vendor-1"] },
      result: ["non-compliant", "verified", "partner-api.token.vendor-app-only"],
    },
    {
      what: "federated MFA in 2023: an exception is needed, and no token shows it",
      claims: { amr: ["fed", "mfa"] },
      changes: { guidance: "2023-exception-only" },
      result: ["inconclusive", "verified", "partner-api.guidance.exception-needed"],
    },
    {
      what: "federated MFA in 2021",
      claims: { amr: ["fed", "mfa"] },
      changes: { guidance: "2021-fed-ok" },
      result: ["compliant", "verified"],
    },
    {
      what: "federated MFA in 2026 that names no method",
      claims: { amr: ["fed", "mfa"] },
      changes: { guidance: "2026-integrated-claim" },
      result: ["compliant", "verified", "partner-api.guidance.method-unnamed"],
    },
    {
      what: "a v2.0 token of which an age is asked",
      claims: { ver: "2.0" },
      changes: { maxAuthAgeSeconds: 600 },
      result: ["inconclusive", "verified", "partner-api.version.unsupported"],
    },
    {
      what: "a user's token with roles is not app-only",
      claims: { roles: ["mfa"], amr: undefined },
      changes: {},
      result: ["non-compliant", "verified", "partner-api.amr.absent"],
    },
  ] satisfies readonly Row[])("$what → $result", async ({ claims, changes, result }) => {
    const jwt = signed(header, accessClaims(claims), key);
    expect(summary(await judgeAccessToken(jwt, apiPolicy([key], changes), NOW))).toEqual(result);
  });
});
