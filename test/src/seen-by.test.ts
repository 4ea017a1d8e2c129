import { describe, expect, test } from "vitest";
import { judgeSamlResponse, judgeWsFedResponse, policies } from "../../src/index.ts";
import * as saml from "../support/signed-saml.ts";
import * as wsFed from "../support/signed-wsfed.ts";

const key = saml.rsaKey();
const issuers = [{ jwks: { keys: [key.jwk] } }];
const PASSWORD = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport";
const REFEDS = "https://refeds.org/profile/mfa";
const MOBILE = "urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract";
const BASIC = "urn:oasis:names:tc:SAML:2.0:attrname-format:basic";
const ENTRA = "urn:federation:MicrosoftOnline";
const ENTRA_ACS = "https://login.microsoftonline.com/login.srf";

function response(classRef: string, name: string, value: string): string {
  return saml
    .sampleResponse()
    .replace(`>${saml.MULTIPLE_AUTHN}<`, `>${classRef}<`)
    .replace('Name="mail"', `Name="${name}"`)
    .replace("alice@example.test", value);
}

// Entra: the class alone, its own URI. REFEDS MFA Profile: the class alone. Salesforce and others: the attribute amr.
describe("says who sees MFA in a SAML response", () => {
  test.each([
    { classRef: saml.MULTIPLE_AUTHN, readers: ["entra-saml"], others: ["saml-attribute", "refeds-mfa"] },
    { classRef: REFEDS, readers: ["refeds-mfa"], others: ["entra-saml", "saml-attribute"] },
    { classRef: MOBILE, readers: [], others: ["entra-saml", "saml-attribute", "refeds-mfa"] },
  ])("class $classRef", async ({ classRef, readers, others }) => {
    const xml = response(classRef, "mail", "alice@example.test");
    const { seenBy } = await judgeSamlResponse(xml, policies["saml-any"], saml.NOW);
    expect(seenBy).toEqual([
      {
        at: "/samlp:Response/saml:Assertion/saml:AuthnStatement[1]/saml:AuthnContext/saml:AuthnContextClassRef[1]",
        place: "AuthnContextClassRef",
        value: classRef,
        readers,
        otherReaders: others,
      },
    ]);
  });

  test("attribute amr", async () => {
    const xml = response(PASSWORD, "amr", "mfa");
    const { seenBy } = await judgeSamlResponse(xml, policies["entra-saml"], saml.NOW);
    expect(seenBy).toEqual([
      {
        at: '/samlp:Response/saml:Assertion/saml:AttributeStatement/saml:Attribute[@Name="amr"]',
        place: `attribute amr with NameFormat ${BASIC}`,
        value: "mfa",
        readers: ["saml-attribute"],
        otherReaders: ["entra-saml", "refeds-mfa"],
      },
    ]);
  });

  test("of two values each for itself", async () => {
    const xml = response(REFEDS, "amr", "mfa");
    const { seenBy } = await judgeSamlResponse(xml, policies["saml-any"], saml.NOW);
    expect(seenBy?.map(({ readers }) => readers)).toEqual([["refeds-mfa"], ["saml-attribute"]]);
  });

  test("what only the policy's own reader takes for MFA, no other does", async () => {
    const mfa = {
      ...policies["saml-attribute"].mfa,
      attributes: [{ name: "login", nameFormats: [BASIC] }],
      attributeValues: ["two"],
    };
    const own = { ...policies["saml-attribute"], id: "own", mfa };
    const { seenBy } = await judgeSamlResponse(response(PASSWORD, "login", "two"), own, saml.NOW);
    expect(seenBy?.map(({ value, readers }) => ({ value, readers }))).toEqual([
      { value: "two", readers: [] },
    ]);
  });

  test.each([
    ["a password alone", response(PASSWORD, "amr", "pwd")],
    ["mfa in an attribute about something else", response(PASSWORD, "department", "mfa")],
    ["what cannot be read", "<x/>"],
  ])("%s is seen by nobody", async (_, xml) => {
    const verdict = await judgeSamlResponse(xml, policies["saml-any"], saml.NOW);
    expect(verdict).not.toHaveProperty("seenBy");
  });

  test("a response that was changed after signing says nothing", async () => {
    const forged = saml
      .signSaml(response(PASSWORD, "amr", "pwd"), "Assertion", key)
      .replace(">pwd<", ">mfa<");
    const verdict = await judgeSamlResponse(forged, { ...policies["saml-any"], issuers }, saml.NOW);
    expect(verdict.signature).toBe("failed");
    expect(verdict).not.toHaveProperty("seenBy");
  });
});

describe("says who sees MFA in a WS-Federation response", () => {
  const METHODS = "http://schemas.microsoft.com/claims";
  const entra = { readers: ["entra-wsfed"], otherReaders: [] };
  const nobody = { readers: [], otherReaders: ["entra-wsfed"] };
  test.each([
    { claim: ["authenticationmethod", wsFed.MULTIPLE_AUTHN], seen: entra },
    { claim: ["authenticationmethod", wsFed.MULTIPLE_AUTHN, ""], seen: nobody },
    { claim: ["authnmethodsreferences", "mfa", METHODS], seen: nobody },
    { claim: ["authnmethodsreferences", REFEDS, METHODS], seen: nobody },
    // Microsoft's pages disagree whether Entra reads what AD FS passes through.
    {
      claim: ["authnmethodsreferences", wsFed.MULTIPLE_AUTHN, METHODS],
      seen: { readers: [], otherReaders: [], contested: ["entra-wsfed"] },
    },
  ])("$claim", async ({ claim: [name = "", value = "", namespace], seen }) => {
    const token = wsFed
      .sampleToken()
      .replace(
        /<saml:Attribute AttributeName="authenticationmethod".*?<\/saml:Attribute>/,
        wsFed.claim(name, [wsFed.PASSWORD, value], namespace),
      )
      .replace(`Method="${wsFed.MULTIPLE_AUTHN}"`, `Method="${wsFed.PASSWORD}"`);
    const xml = wsFed.answerAround(token);
    const { seenBy } = await judgeWsFedResponse(xml, policies["wsfed-any"], saml.NOW);
    const found = seenBy?.map(({ readers, otherReaders, contested, ...where }) => {
      return { value: where.value, readers, otherReaders, contested };
    });
    expect(found).toEqual([{ value, ...seen }]);
  });
});

describe("only a reader that a response may be for disagrees", () => {
  test.each([
    { audience: "https://app.example", recipient: "https://app.example/acs", disagree: [] },
    { audience: ENTRA, recipient: ENTRA_ACS, disagree: ["entra-saml"] },
    { audience: ENTRA, recipient: "https://app.example/acs", disagree: ["entra-saml"] },
  ])("$audience at $recipient: $disagree", async ({ audience, recipient, disagree }) => {
    const xml = response(PASSWORD, "amr", "mfa")
      .replace(/ Recipient="[^"]*"/, ` Recipient="${recipient}"`)
      .replace(saml.AUDIENCE, audience);
    const signed = saml.signSaml(xml, "Assertion", key);
    const policy = { ...policies["saml-attribute"], issuers };
    const { verdict, matchers, disagreement } = await judgeSamlResponse(signed, policy, saml.NOW);
    expect({ verdict, answer: matchers["entra-saml"], disagreement }).toEqual({
      verdict: "compliant",
      answer: "fail",
      disagreement: disagree,
    });
  });

  // Nobody is named: it may be for Entra, unless Entra itself issued it.
  test.each([
    { issuer: saml.ISSUER, disagree: ["entra-saml"] },
    { issuer: "https://sts.windows.net/11111111-2222-4333-8444-555555555555/", disagree: [] },
  ])("addressed to nobody, issued by $issuer: $disagree", async ({ issuer, disagree }) => {
    const xml = response(saml.MULTIPLE_AUTHN, "mail", "alice@example.test")
      .replace(/<saml:AudienceRestriction>.*<\/saml:AudienceRestriction>/, "")
      .replace(/ Recipient="[^"]*"/, "")
      .replaceAll(saml.ISSUER, issuer);
    const { verdict, disagreement } = await judgeSamlResponse(xml, policies["refeds-mfa"], saml.NOW);
    expect({ verdict, disagreement }).toEqual({ verdict: "non-compliant", disagreement: disagree });
  });

  test("a WS-Federation token for an app", async () => {
    const methods = wsFed.claim("authenticationmethod", [wsFed.MULTIPLE_AUTHN], "");
    const token = (audience: string): string =>
      wsFed
        .sampleToken()
        .replace(/<saml:Attribute AttributeName="authenticationmethod".*?<\/saml:Attribute>/, methods)
        .replace(`Method="${wsFed.MULTIPLE_AUTHN}"`, `Method="${wsFed.PASSWORD}"`)
        .replace(wsFed.REALM, audience);
    const policy = { ...policies["wsfed-any"], issuers };
    const disagreements = [wsFed.REALM, "urn:sharepoint:portal"].map(async (audience) => {
      const xml = wsFed.signToken(wsFed.answerAround(token(audience)), key);
      const { verdict, disagreement } = await judgeWsFedResponse(xml, policy, saml.NOW);
      return { verdict, disagreement };
    });
    expect(await Promise.all(disagreements)).toEqual([
      { verdict: "compliant", disagreement: ["entra-wsfed"] },
      { verdict: "compliant", disagreement: [] },
    ]);
  });
});
