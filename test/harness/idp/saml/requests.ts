import { deflateRawSync } from "node:zlib";

/** An AuthnRequest as it is written by a kind of service provider. */
export interface RequestSample {
  readonly shape: string;
  readonly xml: string;
}

const PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";
const ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion";

/** The entity id and the ACS of every sample. */
export const SAMPLE_SP = { entityId: "http://127.0.0.1:9/sp", acs: "http://127.0.0.1:9/acs" } as const;

const START = `ID="_sample" Version="2.0" IssueInstant="2026-01-01T00:00:00Z"`;
const PREFIXED = `xmlns:samlp="${PROTOCOL}" xmlns:saml="${ASSERTION}"`;
const ISSUER = `<saml:Issuer>${SAMPLE_SP.entityId}</saml:Issuer>`;
const ACS = `AssertionConsumerServiceURL="${SAMPLE_SP.acs}"`;
const POST = `ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"`;

/** A small request with chosen attributes and content after the Issuer. */
export function authnRequest(attributes: string = ACS, content = "", issuer = ISSUER): string {
  return `<samlp:AuthnRequest ${PREFIXED} ${START} ${attributes}>${issuer}${content}</samlp:AuthnRequest>`;
}

/** Shapes as real service providers write them, in our own words. */
export const REQUEST_SAMPLES: readonly RequestSample[] = [
  {
    shape: "mod_auth_mellon: no ProtocolBinding, transient NameID, asks REFEDS MFA",
    xml: authnRequest(
      `Consent="urn:oasis:names:tc:SAML:2.0:consent:current-implicit" ForceAuthn="false" IsPassive="false" ${ACS}`,
      `<samlp:NameIDPolicy Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient" AllowCreate="true"/>` +
        `<samlp:RequestedAuthnContext><saml:AuthnContextClassRef>https://refeds.org/profile/mfa` +
        `</saml:AuthnContextClassRef></samlp:RequestedAuthnContext>`,
    ),
  },
  {
    shape: "node-saml: XML declaration, namespaces on each element, exact PasswordProtectedTransport",
    xml:
      `<?xml version="1.0"?><samlp:AuthnRequest xmlns:samlp="${PROTOCOL}" ${START} ${POST} ${ACS}>` +
      `<saml:Issuer xmlns:saml="${ASSERTION}">${SAMPLE_SP.entityId}</saml:Issuer>` +
      `<samlp:NameIDPolicy xmlns:samlp="${PROTOCOL}" AllowCreate="true"/>` +
      `<samlp:RequestedAuthnContext xmlns:samlp="${PROTOCOL}" Comparison="exact"><saml:AuthnContextClassRef` +
      ` xmlns:saml="${ASSERTION}">urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport` +
      `</saml:AuthnContextClassRef></samlp:RequestedAuthnContext></samlp:AuthnRequest>`,
  },
  {
    shape: "saml2-js: the protocol is the default namespace, unspecified NameID",
    xml:
      `<?xml version="1.0"?><AuthnRequest xmlns="${PROTOCOL}" xmlns:saml="${ASSERTION}" ${START} ${ACS} ${POST}>` +
      `${ISSUER}<NameIDPolicy Format="urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified" AllowCreate="true"/>` +
      `</AuthnRequest>`,
  },
  {
    shape: "pretty-printed, with comments and odd prefixes",
    xml:
      `<?xml version="1.0" encoding="UTF-8"?>\n<!-- made by hand -->\n` +
      `<q:AuthnRequest xmlns:q="${PROTOCOL}" ${START}\n  ${ACS}>\n  <a:Issuer xmlns:a="${ASSERTION}">\n` +
      `    ${SAMPLE_SP.entityId}\n  </a:Issuer>\n</q:AuthnRequest>\n`,
  },
  {
    shape: "ForceAuthn as 1, several class references, minimum",
    xml: authnRequest(
      `ForceAuthn="1" ${ACS}`,
      `<samlp:RequestedAuthnContext Comparison="minimum"><saml:AuthnContextClassRef>urn:one` +
        `</saml:AuthnContextClassRef><saml:AuthnContextClassRef>urn:two</saml:AuthnContextClassRef>` +
        `</samlp:RequestedAuthnContext>`,
    ),
  },
];

/** The parameter SAMLRequest of the redirect binding. */
export function deflated(xml: string): string {
  return deflateRawSync(xml).toString("base64");
}

/** The parameter SAMLRequest of the POST binding. */
export function encoded(xml: string): string {
  return Buffer.from(xml).toString("base64");
}
