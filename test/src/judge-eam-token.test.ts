import { describe, expect, test } from "vitest";
import type { Verdict } from "../../src/verdict.ts";
import { judgeEamToken } from "../../src/judge.ts";
import { eamClaims, eamPolicy, NOW, rsaKey, signed } from "./support/tokens.ts";

const key = rsaKey("k1");
const header = { alg: "RS256", kid: "k1" };

function summary({ verdict, signature, findings }: Verdict): readonly unknown[] {
  return [verdict, signature, ...findings.map(({ rule }) => rule)];
}

describe("judgeEamToken", () => {
  test.each([
    { what: "one method of the right kind", claims: {}, changes: {}, result: ["compliant", "verified"] },
    {
      what: "what is right for every other channel",
      claims: { amr: ["pwd", "otp", "mfa"] },
      changes: {},
      result: ["non-compliant", "verified", "eam.amr.count", "eam.amr.unsupported"],
    },
    {
      what: "a string and no acr",
      claims: { amr: "otp", acr: undefined },
      changes: {},
      result: ["non-compliant", "verified", "eam.acr.absent", "eam.amr.malformed"],
    },
    {
      what: "a kind that acr excludes, not asked for either",
      claims: { acr: "inherence" },
      changes: {},
      result: ["non-compliant", "verified", "eam.acr.unrequested", "eam.amr.kind-mismatch"],
    },
    {
      what: "another user, used before",
      claims: { sub: "x", jti: "j" },
      changes: { replay: new Set(["https://idp.example j"]) },
      result: ["non-compliant", "verified", "eam.token.replayed", "eam.subject.mismatch"],
    },
    {
      what: "no request to compare with",
      claims: { acr: "inherence", amr: ["fpt"], sub: "x" },
      changes: { eam: { acrValues: ["inherence"] } },
      result: ["compliant", "verified"],
    },
  ])("$what → $result", async ({ claims, changes, result }) => {
    const jwt = signed(header, eamClaims(claims), key);
    expect(summary(await judgeEamToken(jwt, eamPolicy([key], {}, changes), NOW))).toEqual(result);
  });

  test("without a request the known classes are accepted, and what is open is said", async () => {
    const { eam: _, nonce: __, ...policy } = eamPolicy([key]);
    const known = signed(header, eamClaims({ acr: "inherence", amr: ["fpt"], sub: "x" }), key);
    const { verdict, unchecked } = await judgeEamToken(known, policy, NOW);
    expect({ verdict, unchecked }).toEqual({
      verdict: "compliant",
      unchecked: ["replay", "nonce", "subject", "requested-acr"],
    });
    const unknown = signed(header, eamClaims({ acr: "1" }), key);
    expect(summary(await judgeEamToken(unknown, policy, NOW))).toEqual([
      "non-compliant",
      "verified",
      "eam.acr.unrequested",
    ]);
  });

  test.each(["RS384", "PS256"])("%s is not taken: RS256 only", async (alg) => {
    const jwt = signed({ ...header, alg }, eamClaims(), key, alg);
    expect(summary(await judgeEamToken(jwt, eamPolicy([key]), NOW))).toEqual([
      "non-compliant",
      "failed",
      "eam.algorithm.forbidden",
    ]);
  });

  test("a key without x5c is a finding, although it verifies", async () => {
    const issuers = [{ issuer: "https://idp.example", jwks: { keys: [key.jwk] } }];
    const jwt = signed(header, eamClaims(), key);
    expect(summary(await judgeEamToken(jwt, eamPolicy([key], {}, { issuers }), NOW))).toEqual([
      "non-compliant",
      "verified",
      "eam.key.certificate-absent",
    ]);
  });
});
