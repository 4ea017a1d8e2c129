import { describe, expect, test } from "vitest";
import { judgeSamlResponse, judgeWsFedResponse } from "../../../src/judge.ts";
import { policies } from "../../../src/policies.ts";
import type { Guidance } from "../../../src/policy.ts";
import {
  MULTIPLE_AUTHN,
  NOW,
  rsaKey,
  samplePolicy,
  sampleResponse,
  signBoth,
} from "../../support/signed-saml.ts";
import { answerAround, PASSWORD, sampleToken, signToken, wsFedPolicy } from "../../support/signed-wsfed.ts";

const key = rsaKey();

/** Whether the sample states MFA, as it does unless every place is changed. */
type Stated = "stated" | "not stated";

async function saml(stated: Stated, guidance: Guidance): Promise<readonly string[]> {
  const xml = stated === "stated" ? sampleResponse() : sampleResponse().replaceAll(MULTIPLE_AUTHN, "urn:x");
  const policy = samplePolicy([key], { guidance });
  const { verdict, findings } = await judgeSamlResponse(signBoth(xml, key), policy, NOW);
  return [verdict, ...findings.map(({ rule }) => rule)];
}

async function wsFed(stated: Stated, guidance: Guidance): Promise<readonly string[]> {
  const xml = answerAround(
    stated === "stated" ? sampleToken() : sampleToken().replaceAll(MULTIPLE_AUTHN, PASSWORD),
  );
  const policy = wsFedPolicy([key], { guidance });
  const { verdict, findings } = await judgeWsFedResponse(signToken(xml, key), policy, NOW);
  return [verdict, ...new Set(findings.map(({ rule }) => rule))];
}

// Partner Center: mandating MFA for your partner tenant: what a federated issuer states is third-party MFA by definition.
describe("the edition of the guidance decides what third-party MFA is worth", () => {
  test.each([
    { guidance: "2021-fed-ok", stated: "stated", verdict: "compliant", ids: [] },
    {
      guidance: "2023-exception-only",
      stated: "stated",
      verdict: "inconclusive",
      ids: ["guidance.exception-needed"],
    },
    { guidance: "2023-exception-only", stated: "not stated", verdict: "non-compliant", ids: ["mfa.absent"] },
    { guidance: "2026-integrated-claim", stated: "stated", verdict: "compliant", ids: [] },
  ] as const)("$guidance, MFA $stated → $verdict", async ({ guidance, stated, verdict, ids }) => {
    expect(await saml(stated, guidance)).toEqual([verdict, ...ids.map((id) => `saml.${id}`)]);
    expect(await wsFed(stated, guidance)).toEqual([verdict, ...ids.map((id) => `wsfed.${id}`)]);
  });
});

// Partner Center: mandating MFA for your partner tenant: it is about sign-ins to Microsoft, which Entra reads.
describe("an exception is needed only where Entra is the reader", () => {
  const ENTRA = "urn:federation:MicrosoftOnline";
  const REFEDS = "https://refeds.org/profile/mfa";
  test.each([
    { policy: "entra-saml", audience: "https://sp.example/metadata", needed: true },
    { policy: "saml-any", audience: ENTRA, needed: true },
    { policy: "saml-any", audience: "https://sp.example/metadata", needed: false },
    { policy: "refeds-mfa", audience: "https://sp.example/metadata", needed: false },
  ] as const)("$policy, $audience → $needed", async ({ policy, audience, needed }) => {
    const value = policy === "refeds-mfa" ? REFEDS : MULTIPLE_AUTHN;
    const xml = sampleResponse()
      .replaceAll(MULTIPLE_AUTHN, value)
      .replaceAll("https://sp.example/metadata", audience);
    const issuers = [{ jwks: { keys: [key.jwk] } }];
    const whole = { ...policies[policy], issuers, guidance: "2023-exception-only" } as const;
    const { verdict } = await judgeSamlResponse(signBoth(xml, key), whole, NOW);
    expect(verdict).toBe(needed ? "inconclusive" : "compliant");
  });

  test.each([
    { policy: "entra-wsfed", audience: "https://app.example/", needed: true },
    { policy: "wsfed-any", audience: ENTRA, needed: true },
    { policy: "wsfed-any", audience: "https://app.example/", needed: false },
  ] as const)("$policy, $audience → $needed", async ({ policy, audience, needed }) => {
    const xml = answerAround(sampleToken().replace(ENTRA, audience));
    const issuers = [{ jwks: { keys: [key.jwk] } }];
    const whole = { ...policies[policy], issuers, guidance: "2023-exception-only" } as const;
    const { verdict } = await judgeWsFedResponse(signToken(xml, key), whole, NOW);
    expect(verdict).toBe(needed ? "inconclusive" : "compliant");
  });
});
