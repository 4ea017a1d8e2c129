/** XML namespace of the SAML 2.0 protocol: Response, Status. */
export const PROTOCOL_NAMESPACE = "urn:oasis:names:tc:SAML:2.0:protocol";

/** XML namespace of SAML 2.0 assertions: Assertion, Issuer, Subject. */
export const ASSERTION_NAMESPACE = "urn:oasis:names:tc:SAML:2.0:assertion";

/** XML namespace of SAML 2.0 metadata: EntityDescriptor. */
export const METADATA_NAMESPACE = "urn:oasis:names:tc:SAML:2.0:metadata";

/** XML namespace of XML signatures. */
export const SIGNATURE_NAMESPACE = "http://www.w3.org/2000/09/xmldsig#";

/** Status codes, SAML core §3.2.2.2. */
export const STATUS = {
  success: "urn:oasis:names:tc:SAML:2.0:status:Success",
  responder: "urn:oasis:names:tc:SAML:2.0:status:Responder",
  authnFailed: "urn:oasis:names:tc:SAML:2.0:status:AuthnFailed",
  noPassive: "urn:oasis:names:tc:SAML:2.0:status:NoPassive",
  noAuthnContext: "urn:oasis:names:tc:SAML:2.0:status:NoAuthnContext",
  invalidNameIdPolicy: "urn:oasis:names:tc:SAML:2.0:status:InvalidNameIDPolicy",
  requester: "urn:oasis:names:tc:SAML:2.0:status:Requester",
  requestDenied: "urn:oasis:names:tc:SAML:2.0:status:RequestDenied",
  unknownPrincipal: "urn:oasis:names:tc:SAML:2.0:status:UnknownPrincipal",
  partialLogout: "urn:oasis:names:tc:SAML:2.0:status:PartialLogout",
} as const;

/** Bindings, SAML bindings §3.4 and §3.5. */
export const BINDING = {
  redirect: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect",
  post: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST",
} as const;

/** The subject is whoever presents the assertion, SAML profiles §3.3. */
export const BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer";

/** Name identifier that stays the same for one user, SAML core §8.3.7. */
export const PERSISTENT_NAME_ID = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";

/** Name identifier that means nothing once the session is over, SAML core §8.3.8. */
export const TRANSIENT_NAME_ID = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";

/** Name identifier that is an e-mail address, SAML core §8.3.2. */
export const EMAIL_NAME_ID = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";

/** Name identifier of any kind, SAML core §8.3.1. */
export const UNSPECIFIED_NAME_ID = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified";

/** An attribute name that is a URI, SAML core §8.2.2. */
export const URI_ATTRIBUTE_NAME = "urn:oasis:names:tc:SAML:2.0:attrname-format:uri";

/** Context class: a password over a protected channel, SAML authentication context §3.4. */
export const PASSWORD_PROTECTED_TRANSPORT =
  "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport";

/** What Microsoft Entra reads as MFA, both as a context class and as an authentication method. */
export const MULTIPLE_AUTHN = "http://schemas.microsoft.com/claims/multipleauthn";

/** The authentication method AD FS names for a password. */
export const PASSWORD_METHOD =
  "http://schemas.microsoft.com/ws/2008/06/identity/authenticationmethod/password";

/** The attribute in which AD FS lists the methods that were used. */
export const AUTHENTICATION_METHODS = "http://schemas.microsoft.com/claims/authnmethodsreferences";

/** The attribute in which Microsoft Entra expects the user principal name of a SAML 2.0 user. */
export const USER_PRINCIPAL_NAME = "IDPEmail";
