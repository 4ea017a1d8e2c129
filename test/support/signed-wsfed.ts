import type { Policy } from "../../src/policy.ts";
import { samplePolicy, signSaml, type SampleKey } from "./signed-saml.ts";

const TRUST = "http://schemas.xmlsoap.org/ws/2005/02/trust";
const TRUST_13 = "http://docs.oasis-open.org/ws-sx/ws-trust/200512";
const SAML_1 = "urn:oasis:names:tc:SAML:1.0:assertion";
const CLAIMS = "http://schemas.microsoft.com/ws/2008/06/identity/claims";

/** Names that the samples and the sample policy agree on. */
export const WSFED_ISSUER = "http://idp.example/trust";
export const REALM = "urn:federation:MicrosoftOnline";
export const MULTIPLE_AUTHN = "http://schemas.microsoft.com/claims/multipleauthn";
export const WIA_OR_MULTI_AUTHN = "http://schemas.microsoft.com/claims/wiaormultiauthn";
export const PASSWORD = "http://schemas.microsoft.com/ws/2008/06/identity/authenticationmethod/password";

/** A policy that trusts the given keys for the sample issuer and reads MFA as Entra does in WS-Federation. */
export function wsFedPolicy(keys: readonly SampleKey[], changes: Partial<Policy> = {}): Policy {
  const mfaValues = [MULTIPLE_AUTHN, WIA_OR_MULTI_AUTHN];
  const issuers = keys.map(({ jwk }) => ({ issuer: WSFED_ISSUER, jwks: { keys: [jwk] } }));
  return {
    ...samplePolicy([]),
    issuers,
    audiences: [REALM],
    mfa: {
      amrValues: [],
      classRefs: mfaValues,
      attributes: [{ name: "authenticationmethod", nameFormats: [CLAIMS] }],
      attributeValues: mfaValues,
    },
    ...changes,
  };
}

const SUBJECT =
  '<saml:Subject><saml:NameIdentifier Format="urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified">aW1tdXRhYmxl</saml:NameIdentifier><saml:SubjectConfirmation><saml:ConfirmationMethod>urn:oasis:names:tc:SAML:1.0:cm:bearer</saml:ConfirmationMethod></saml:SubjectConfirmation></saml:Subject>';

/** One attribute of the sample, in the namespace of the claims about a sign-in unless told otherwise. */
export function claim(name: string, values: readonly string[], namespace = CLAIMS): string {
  const inside = values.map((value) => `<saml:AttributeValue>${value}</saml:AttributeValue>`).join("");
  return `<saml:Attribute AttributeName="${name}" AttributeNamespace="${namespace}">${inside}</saml:Attribute>`;
}

/** The SAML 1.1 assertion of the sample, after Entra's page on inbound assertions. */
export function sampleToken(id = "_assertion-1"): string {
  return `<saml:Assertion xmlns:saml="${SAML_1}" MajorVersion="1" MinorVersion="1" AssertionID="${id}" Issuer="${WSFED_ISSUER}" IssueInstant="2026-11-20T11:59:30Z"><saml:Conditions NotBefore="2026-11-20T11:55:00Z" NotOnOrAfter="2026-11-20T13:00:00Z"><saml:AudienceRestrictionCondition><saml:Audience>${REALM}</saml:Audience></saml:AudienceRestrictionCondition></saml:Conditions><saml:AttributeStatement>${SUBJECT}${claim("UPN", ["alice@partner.example"], "http://schemas.xmlsoap.org/claims")}${claim("authenticationmethod", [PASSWORD, MULTIPLE_AUTHN])}</saml:AttributeStatement><saml:AuthenticationStatement AuthenticationMethod="${MULTIPLE_AUTHN}" AuthenticationInstant="2026-11-20T11:59:00Z">${SUBJECT}</saml:AuthenticationStatement></saml:Assertion>`;
}

/** An answer of WS-Trust 2005/02 around a token. */
export function answerAround(token: string): string {
  return `<t:RequestSecurityTokenResponse xmlns:t="${TRUST}"><t:Lifetime/><t:RequestedSecurityToken>${token}</t:RequestedSecurityToken><t:TokenType>${SAML_1}</t:TokenType></t:RequestSecurityTokenResponse>`;
}

/** The same as an answer of WS-Trust 1.3, in a collection. */
export function collectionAround(token: string): string {
  const answer = answerAround(token).replace(TRUST, TRUST_13);
  return `<t:RequestSecurityTokenResponseCollection xmlns:t="${TRUST_13}">${answer}</t:RequestSecurityTokenResponseCollection>`;
}

/** Signs the SAML 1.1 token in an answer, with the signature at its end, as AD FS does. */
export function signToken(xml: string, key: SampleKey): string {
  return signSaml(xml, "Assertion", key, { idAttribute: "AssertionID", after: "AuthenticationStatement" });
}

/** The Assertion element of an answer, as it stands there. */
export function tokenIn(xml: string): string {
  return /<saml:Assertion[\s\S]*<\/saml:Assertion>/.exec(xml)?.[0] ?? "";
}
