import { describe, expect, test } from "vitest";
import { judgeFound, judgeSamlResponse, judgeWsFedResponse, policies } from "../../src/index.ts";
import * as saml from "../support/signed-saml.ts";
import * as wsFed from "../support/signed-wsfed.ts";

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

const ADFS_METHODS = wsFed.claim(
  "authnmethodsreferences",
  [wsFed.PASSWORD, wsFed.MULTIPLE_AUTHN],
  "http://schemas.microsoft.com/claims",
);

/** A SAML 1.1 token whose MFA stands where AD FS puts it for its own apps. */
function saml11(audience: string | undefined, methods = ADFS_METHODS): string {
  const token = wsFed
    .sampleToken()
    .replace(/<saml:Attribute AttributeName="authenticationmethod".*?<\/saml:Attribute>/, methods)
    .replace(`Method="${wsFed.MULTIPLE_AUTHN}"`, `Method="${wsFed.PASSWORD}"`);
  const told =
    audience === undefined
      ? token.replace(/<saml:AudienceRestrictionCondition>.*<\/saml:AudienceRestrictionCondition>/, "")
      : token.replace(wsFed.REALM, audience);
  return wsFed.signToken(wsFed.answerAround(told), samlKey);
}

/** A SAML 2.0 token in WS-Federation, with MFA in the attribute only. */
function saml20(audience: string | undefined, recipient: string | undefined, name: string): string {
  const value = name === "amr" ? "mfa" : saml.MULTIPLE_AUTHN;
  const response = addressed(audience, recipient).replace('Name="amr"', `Name="${name}"`);
  const assertion = saml.assertionIn(response.replace(">mfa<", `>${value}<`));
  return saml.signSaml(wsFed.answerAround(assertion), "Assertion", samlKey);
}

describe("a WS-Federation response is read for whom it names", () => {
  const SHAREPOINT = "urn:sharepoint:portal";
  const APP = "https://app.example/";
  const ADFS_NAME = "http://schemas.microsoft.com/claims/authnmethodsreferences";
  const CLAIM_NAME = "http://schemas.microsoft.com/ws/2008/06/identity/claims/authenticationmethod";
  const INSIDE = wsFed.claim("authenticationmethod", [wsFed.MULTIPLE_AUTHN], "");
  test.each([
    { what: "SAML 1.1 for SharePoint", xml: saml11(SHAREPOINT), policy: "wsfed-any", good: true },
    { what: "SAML 1.1 for an app behind AD FS", xml: saml11(APP), policy: "wsfed-any", good: true },
    {
      what: "SAML 1.1 without a namespace, for SharePoint",
      xml: saml11(SHAREPOINT, INSIDE),
      policy: "wsfed-any",
      good: true,
    },
    {
      what: "SAML 1.1 for SharePoint, password only",
      xml: saml11(SHAREPOINT, wsFed.claim("authenticationmethod", [wsFed.PASSWORD])),
      policy: "wsfed-any",
      good: false,
    },
    {
      what: "SAML 1.1 for SharePoint, Windows sign-in or MFA",
      xml: saml11(SHAREPOINT, wsFed.claim("authenticationmethod", [wsFed.WIA_OR_MULTI_AUTHN])),
      policy: "wsfed-any",
      good: false,
    },
    { what: "SAML 1.1 for Entra", xml: saml11(ENTRA), policy: "entra-wsfed", good: false },
    {
      what: "SAML 1.1 for Entra, in its own claim",
      xml: saml11(ENTRA, wsFed.claim("authenticationmethod", [wsFed.PASSWORD, wsFed.MULTIPLE_AUTHN])),
      policy: "entra-wsfed",
      good: true,
    },
    // Nothing names a reader, and the two differ.
    { what: "SAML 1.1 for nobody", xml: saml11(undefined), policy: undefined, good: false },
    {
      what: "SAML 2.0 for SharePoint",
      xml: saml20(SHAREPOINT, "https://sharepoint.example/_trust/", ADFS_NAME),
      policy: "wsfed-any",
      good: true,
    },
    {
      what: "SAML 2.0 for an app, in the claim of the method",
      xml: saml20(APP, APP, CLAIM_NAME),
      policy: "wsfed-any",
      good: true,
    },
    { what: "SAML 2.0 for an app, in amr", xml: saml20(APP, APP, "amr"), policy: "wsfed-any", good: true },
    {
      what: "SAML 2.0 for an app, in an attribute about something else",
      xml: saml20(APP, APP, "department"),
      policy: "wsfed-any",
      good: false,
    },
    // Entra's page on inbound assertions: in SAML 2.0 it ignores attributes.
    {
      what: "SAML 2.0 for Entra",
      xml: saml20(ENTRA, ENTRA_ACS, CLAIM_NAME),
      policy: "entra-wsfed",
      good: false,
    },
    { what: "SAML 2.0 for nobody", xml: saml20(undefined, APP, "amr"), policy: "wsfed-any", good: true },
    {
      what: "SAML 2.0 that contradicts itself",
      xml: saml20(ENTRA, APP, "amr"),
      policy: undefined,
      good: false,
    },
  ])("$what → $policy, lets pass: $good", async ({ xml, policy, good }) => {
    const trusted = { issuers: [{ jwks: { keys: [samlKey.jwk] } }] };
    const guess = await judgeFound({ kind: "ws-fed-response", artifact: xml, at: "" }, trusted, saml.NOW);
    expect([guess.signature, LETS_PASS.includes(guess.verdict), guess.reason]).toEqual([
      "verified",
      good,
      guess.reason,
    ]);
    if (policy === undefined) expect(guess.verdict).toBe("inconclusive");
    else expect([guess.policy, guess.readings]).toEqual([policy, undefined]);
  });
});

// Entra's page on inbound assertions; a reader of its own attribute looks there whatever the protocol around it is.
test.each([
  { audience: ENTRA, verdict: "non-compliant" },
  { audience: "https://app.example/", verdict: "compliant" },
])(
  "wsfed-any reads attributes of a SAML 2.0 token for $audience: $verdict",
  async ({ audience, verdict }) => {
    const issuers = [{ jwks: { keys: [samlKey.jwk] } }];
    const policy = { ...policies["wsfed-any"], issuers, audiences: [audience] };
    const judged = await judgeWsFedResponse(saml20(audience, undefined, "amr"), policy, saml.NOW);
    expect([judged.verdict, judged.reason]).toEqual([verdict, judged.reason]);
  },
);

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
