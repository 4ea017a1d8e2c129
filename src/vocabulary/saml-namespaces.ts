/** Namespace of the Response, its Status and Extensions (SAML core §1.2). */
export const SAML_PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";

/** Namespace of the Assertion and all inside it (SAML core §1.2). */
export const SAML_ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion";

/** Namespace of a SAML 1.1 assertion and all inside it (SAML 1.1 core §1.2). */
export const SAML_1_ASSERTION = "urn:oasis:names:tc:SAML:1.0:assertion";

/** Namespace of metadata (SAML metadata §1.1). */
export const SAML_METADATA = "urn:oasis:names:tc:SAML:2.0:metadata";

/** Namespace of XML signatures (XML Signature §1.2). */
export const XML_SIGNATURE = "http://www.w3.org/2000/09/xmldsig#";

/** Namespace of XML encryption (XML Encryption §1.3). */
export const XML_ENCRYPTION = "http://www.w3.org/2001/04/xmlenc#";

/** Namespace of what XML encryption 1.1 added (XML Encryption 1.1 §1.3). */
export const XML_ENCRYPTION_11 = "http://www.w3.org/2009/xmlenc11#";

/** Namespace of WS-Trust of February 2005, which AD FS answers in (WS-Trust 2005/02 §2.4). */
export const WS_TRUST = "http://schemas.xmlsoap.org/ws/2005/02/trust";

/** Namespace of WS-Trust 1.3 (WS-Trust 1.3 §1.3). */
export const WS_TRUST_13 = "http://docs.oasis-open.org/ws-sx/ws-trust/200512";

/** Namespace of WS-Federation (WS-Federation 1.2 §1.4). */
export const WS_FEDERATION = "http://docs.oasis-open.org/wsfed/federation/200706";

/** Namespace of `xsi:nil` and `xsi:type` (XML Schema part 1 §2.6). */
export const SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";

/** Namespace that the prefix `xml` always has (Namespaces in XML §3). */
export const XML_PREFIX = "http://www.w3.org/XML/1998/namespace";
