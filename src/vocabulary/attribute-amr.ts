/** Name of the attribute in which a generic SAML reader looks for methods: the OIDC claim's name. */
export const AMR_ATTRIBUTE = "amr";

/** NameFormat of a name that is a plain string. SAML core §8.2.3. */
export const NAME_FORMAT_BASIC = "urn:oasis:names:tc:SAML:2.0:attrname-format:basic";

/** NameFormat left open by the issuer. SAML core §8.2.1. */
export const NAME_FORMAT_UNSPECIFIED = "urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified";

/** NameFormat of a name that is a URI. SAML core §8.2.2. */
export const NAME_FORMAT_URI = "urn:oasis:names:tc:SAML:2.0:attrname-format:uri";

/** AttributeName in which Entra looks for MFA in a SAML 1.1 assertion. Entra's page on inbound assertions. */
export const WSFED_ATTRIBUTE = "authenticationmethod";

/** AttributeNamespace of that attribute. Entra's page on inbound assertions. */
export const WSFED_ATTRIBUTE_NAMESPACE = "http://schemas.microsoft.com/ws/2008/06/identity/claims";

/** AttributeNamespace under which AD FS sends `authnmethodsreferences` (AD FS claims of Microsoft Entra Connect; Deepnet: federation with Microsoft 365). */
export const CLAIMS_NAMESPACE = "http://schemas.microsoft.com/claims";
