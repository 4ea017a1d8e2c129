import { describe, expect, test } from "vitest";
import { oidcRules } from "../../../src/rules/oidc/index.ts";
import { partnerApiRules } from "../../../src/rules/partner-api/index.ts";
import { accessClaims, apiPolicy, idClaims, NOW, oidcPolicy } from "../support/tokens.ts";

/** A reader that takes either of two words for MFA: one of them is enough. */
const amrValues = ["mfa", "ngcmfa"];

const channels = [
  { channel: "oidc", rules: oidcRules, claims: idClaims, policy: oidcPolicy([]) },
  { channel: "partner-api", rules: partnerApiRules, claims: accessClaims, policy: apiPolicy([]) },
] as const;

describe.each(channels)("$channel", ({ channel, rules, claims, policy }) => {
  const either = { ...policy, mfa: { ...policy.mfa, amrValues } };

  test.each([
    { amr: ["pwd", "otp", "ngcmfa"], absent: [], unnamed: [] },
    { amr: ["pwd", "otp", "mfa"], absent: [], unnamed: [] },
    { amr: ["pwd", "otp"], absent: ["/claims/amr"], unnamed: ["/claims/amr"] },
    { amr: ["pwd"], absent: ["/claims/amr"], unnamed: [] },
  ])("amr $amr", ({ amr, absent, unnamed }) => {
    const token = { header: {}, claims: claims({ amr }) };
    const placesOf = (id: string) =>
      rules
        .find((rule) => rule.id === id)
        ?.check(token, either, NOW)
        ?.map(({ at }) => at);
    expect(placesOf(`${channel}.amr.mfa-absent`)).toEqual(absent);
    expect(placesOf(`${channel}.amr.two-factors-without-mfa`)).toEqual(unnamed);
  });
});
