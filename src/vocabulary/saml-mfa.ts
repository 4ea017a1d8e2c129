/** MFA was done, as Entra wants to be told (Entra's page on inbound assertions). */
export const MULTIPLE_AUTHN = "http://schemas.microsoft.com/claims/multipleauthn";

/** MFA or integrated Windows sign-in; Entra lists it for WS-Federation and SAML 1.1 only (Entra's page on inbound assertions). */
export const WIA_OR_MULTI_AUTHN = "http://schemas.microsoft.com/claims/wiaormultiauthn";

/** MFA as the REFEDS profile defines it; not listed by Entra (Entra's page on inbound assertions, SAFIRE: authnMethodsReferences). */
export const REFEDS_MFA = "https://refeds.org/profile/mfa";

/** MFA as a short name (RFC 8176 §2), used in attributes that carry an AMR. */
export const MFA = "mfa";

/** The value as Partner Center guidance prints it, without its namespace (Partner Center: mandating MFA for your partner tenant). */
const GUIDANCE_VALUE = "multipleauthn";

/** SAML's own classes of two factors, which Entra does not list (SAML authentication context §3.4.8, §3.4.9). */
export const MOBILE_TWO_FACTOR: readonly string[] = [
  "urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract",
  "urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorUnregistered",
];

/** Classes of a password alone (SAML authentication context §3.4.2, §3.4.6; Entra's page on inbound assertions, AD FS: prompt=login). */
export const PASSWORD_CLASSES: readonly string[] = [
  "urn:oasis:names:tc:SAML:2.0:ac:classes:Password",
  "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport",
  "http://schemas.microsoft.com/ws/2008/06/identity/authenticationmethod/password",
];

/** URIs that say MFA to one reader or another, wherever they stand. */
export const MFA_URIS: readonly string[] = [
  MULTIPLE_AUTHN,
  WIA_OR_MULTI_AUTHN,
  REFEDS_MFA,
  ...MOBILE_TWO_FACTOR,
];

/** Bare words that say MFA only in an attribute whose name says that it carries methods. */
export const MFA_WORDS: readonly string[] = [MFA, GUIDANCE_VALUE];

/** AD FS claim type that lists the methods used, as the ADFS Toolkit sets it up. */
export const AUTHN_METHODS_REFERENCES = "http://schemas.microsoft.com/claims/authnmethodsreferences";

/** Claim type that tells when the second factor was used (Entra's page on inbound assertions). */
export const MFA_INSTANT =
  "http://schemas.microsoft.com/ws/2017/04/identity/claims/multifactorauthenticationinstant";

/** Claim type that Entra reads in WS-Federation (Entra's page on inbound assertions). */
const AUTHENTICATION_METHOD = "http://schemas.microsoft.com/ws/2008/06/identity/claims/authenticationmethod";

/** Name printed in Partner Center guidance, which no reader looks at (Partner Center: mandating MFA for your partner tenant, F-54). */
const DEAD_ATTRIBUTE = "authenticationmethodsreferences";

/** Names of attributes in which readers are known to look for methods. */
export const METHOD_ATTRIBUTES: readonly string[] = [
  "amr",
  "authnmethodsreferences",
  AUTHN_METHODS_REFERENCES,
  AUTHENTICATION_METHOD,
  "authenticationmethod",
];

/** Names of attributes in which emitters are known to put an AMR. */
export const MFA_ATTRIBUTE_NAMES: readonly string[] = [...METHOD_ATTRIBUTES, DEAD_ATTRIBUTE];
