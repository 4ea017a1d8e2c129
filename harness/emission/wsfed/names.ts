/** XML namespace of WS-Trust, February 2005: what passive requestors of WS-Federation are answered in. */
export const TRUST_NAMESPACE = "http://schemas.xmlsoap.org/ws/2005/02/trust";

/** XML namespace of WS-Policy, where AppliesTo comes from. */
export const POLICY_NAMESPACE = "http://schemas.xmlsoap.org/ws/2004/09/policy";

/** XML namespace of WS-Addressing: EndpointReference. */
export const ADDRESSING_NAMESPACE = "http://www.w3.org/2005/08/addressing";

/** XML namespace of the WS-Security utilities: Created, Expires. */
export const UTILITY_NAMESPACE =
  "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";

/** XML namespace of WS-Federation 1.2, also the name of the protocol in metadata. */
export const FEDERATION_NAMESPACE = "http://docs.oasis-open.org/wsfed/federation/200706";

/** XML namespace of SAML 1.1 assertions, which kept the name of version 1.0. */
export const SAML_1_NAMESPACE = "urn:oasis:names:tc:SAML:1.0:assertion";

/** Token types as AD FS names them, by the version of the assertion. */
export const TOKEN_TYPE = {
  "1.1": SAML_1_NAMESPACE,
  "2.0": "http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.1#SAMLV2.0",
} as const;

/** WS-Trust request type: a token is issued. */
export const ISSUE = `${TRUST_NAMESPACE}/Issue`;

/** Key type of a bearer token, Identity Selector Interoperability Profile §3.1. */
export const NO_PROOF_KEY = "http://schemas.xmlsoap.org/ws/2005/05/identity/NoProofKey";

/** The subject is whoever presents the assertion, SAML 1.1 bindings §5.2. */
export const BEARER_1 = "urn:oasis:names:tc:SAML:1.0:cm:bearer";

/** Name identifier of no particular format, SAML 1.1 core §7.3. */
export const UNSPECIFIED_NAME_ID = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified";

/** An attribute of SAML 1.1 is named by two parts; AD FS makes them of a claim type, split at its last slash. */
export interface AttributeNames {
  readonly name: string;
  readonly namespace: string;
}

/** The user principal name, as the rules of AD FS for Microsoft Office 365 issue it. */
export const UPN: AttributeNames = { name: "UPN", namespace: "http://schemas.xmlsoap.org/claims" };

/** The anchor that Entra finds the user by, from the same rules. */
export const IMMUTABLE_ID: AttributeNames = {
  name: "ImmutableID",
  namespace: "http://schemas.microsoft.com/LiveID/Federation/2008/05",
};

const IDENTITY_CLAIMS = "http://schemas.microsoft.com/ws/2008/06/identity/claims";

/** The attribute in which Entra reads MFA beside the authentication statement (Entra's page on inbound assertions). */
export const AUTHENTICATION_METHOD: AttributeNames = {
  name: "authenticationmethod",
  namespace: IDENTITY_CLAIMS,
};

/** When the password was entered: what Entra counts sign-in frequency from (Entra's page on inbound assertions). */
export const AUTHENTICATION_INSTANT: AttributeNames = {
  name: "authenticationinstant",
  namespace: IDENTITY_CLAIMS,
};

/** What Entra reads as MFA (Entra's page on inbound assertions). */
export const MULTIPLE_AUTHN = "http://schemas.microsoft.com/claims/multipleauthn";

/** The authentication method AD FS names for a password. */
export const PASSWORD_METHOD =
  "http://schemas.microsoft.com/ws/2008/06/identity/authenticationmethod/password";
