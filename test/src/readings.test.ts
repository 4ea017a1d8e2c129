import { describe, expect, test } from "vitest";
import { judgeFound, judgeSamlResponse, policies } from "../../src/index.ts";
import * as saml from "../support/signed-saml.ts";

const LETS_PASS = ["compliant", "exempt", "not-applicable"];
const ENTRA = "urn:federation:MicrosoftOnline";
const ENTRA_ACS = "https://login.microsoftonline.com/login.srf";
const samlKey = saml.rsaKey();

/** MFA in an attribute only, which Entra ignores; for whom it is told to be. */
function addressed(
  audience: string | undefined,
  recipient: string | undefined,
  issuer = saml.ISSUER,
): string {
  return saml
    .sampleResponse()
    .replace(
      `>${saml.MULTIPLE_AUTHN}<`,
      ">urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport<",
    )
    .replace('Name="mail"', 'Name="amr"')
    .replace("alice@example.test", "mfa")
    .replace(/ Recipient="[^"]*"/, recipient === undefined ? "" : ` Recipient="${recipient}"`)
    .replace(
      /<saml:AudienceRestriction>.*<\/saml:AudienceRestriction>/,
      audience === undefined
        ? ""
        : `<saml:AudienceRestriction><saml:Audience>${audience}</saml:Audience></saml:AudienceRestriction>`,
    )
    .replaceAll(saml.ISSUER, issuer);
}

describe("a SAML response is read for whom it names", () => {
  test.each([
    { audience: ENTRA, recipient: ENTRA_ACS, policy: "entra-saml", verdict: "non-compliant" },
    {
      audience: "urn:federation:partner.microsoftonline.cn",
      recipient: "https://login.partner.microsoftonline.cn/login.srf",
      policy: "entra-saml",
      verdict: "non-compliant",
    },
    {
      audience: ENTRA,
      recipient: "https://login.microsoftonline.us/login.srf",
      policy: "entra-saml",
      verdict: "non-compliant",
    },
    {
      audience: "https://login.microsoftonline.com/11111111-2222-4333-8444-555555555555/",
      recipient: ENTRA_ACS,
      policy: "entra-saml",
      verdict: "non-compliant",
    },
    {
      audience: "https://acme.my.salesforce.com",
      recipient: "https://acme.my.salesforce.com?so=00D",
      policy: "saml-any",
      verdict: "compliant",
    },
    {
      audience: "https://www.okta.com/saml2/service-provider/abc",
      recipient: "https://acme.okta.com/sso/saml2/0oa",
      policy: "saml-any",
      verdict: "compliant",
    },
    {
      audience: "https://app.example",
      recipient: "https://app.example/acs",
      issuer: "https://sts.windows.net/11111111-2222-4333-8444-555555555555/",
      policy: "saml-any",
      verdict: "compliant",
    },
    // What is named contradicts itself: then both read it, and they differ.
    { audience: ENTRA, recipient: "https://app.example/acs", verdict: "inconclusive" },
    { audience: "https://login.microsoftonline.com.example/", recipient: ENTRA_ACS, verdict: "inconclusive" },
    {
      audience: undefined,
      recipient: "https://login.microsoftonline.com/other",
      policy: "saml-any",
      verdict: "compliant",
    },
    // SAML profiles §4.1.4.2: a bearer confirmation names its Recipient, whoever reads it.
    { audience: undefined, recipient: undefined, verdict: "non-compliant" },
  ])("$audience, $recipient → $verdict", async ({ audience, recipient, issuer, policy, verdict }) => {
    const xml = saml.signSaml(addressed(audience, recipient, issuer), "Assertion", samlKey);
    const found = { kind: "saml-response", artifact: xml, at: "" } as const;
    const trusted = { issuers: [{ jwks: { keys: [samlKey.jwk] } }] };
    const guess = await judgeFound(found, trusted, saml.NOW);
    expect({ verdict: guess.verdict, reason: guess.verdict === verdict ? "" : guess.reason }).toEqual({
      verdict,
      reason: "",
    });
    if (policy !== undefined) expect(guess.policy).toBe(policy);
    const ofAll = await Promise.all(
      (["entra-saml", "saml-any"] as const).map(async (name) => {
        return (await judgeSamlResponse(xml, { ...policies[name], ...trusted }, saml.NOW)).verdict;
      }),
    );
    if (policy === undefined)
      expect(LETS_PASS.includes(guess.verdict)).toBe(ofAll.every((one) => LETS_PASS.includes(one)));
  });
});

describe("advice is that of the reader who was asked for", () => {
  test.each([
    { policy: "entra-saml", says: saml.MULTIPLE_AUTHN, never: /amr|refeds/ },
    { policy: "refeds-mfa", says: "https://refeds.org/profile/mfa", never: /microsoft|Entra/ },
    { policy: "saml-attribute", says: '"amr"', never: /AuthnContextClassRef|Entra/ },
  ] as const)("$policy", async ({ policy, says, never }) => {
    const words = saml
      .sampleResponse()
      .replace(`>${saml.MULTIPLE_AUTHN}<`, ">urn:oasis:names:tc:SAML:2.0:ac:classes:Password<");
    const xml = saml.signSaml(words, "Assertion", samlKey);
    const trusted = { ...policies[policy], issuers: [{ jwks: { keys: [samlKey.jwk] } }] };
    const { findings } = await judgeSamlResponse(xml, trusted, saml.NOW);
    const fix = findings.find(({ rule }) => rule === "saml.mfa.absent")?.fix ?? "";
    expect(fix).toContain(says);
    expect(fix).not.toMatch(never);
  });
});
