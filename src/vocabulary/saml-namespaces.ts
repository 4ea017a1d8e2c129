/** Namespace of the Response, its Status and Extensions (SAML core §1.2). */
export const SAML_PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";

/** Namespace of the Assertion and all inside it (SAML core §1.2). */
export const SAML_ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion";

/** Namespace of metadata (SAML metadata §1.1). */
export const SAML_METADATA = "urn:oasis:names:tc:SAML:2.0:metadata";

/** Namespace of XML signatures (XML Signature §1.2). */
export const XML_SIGNATURE = "http://www.w3.org/2000/09/xmldsig#";

/** Namespace of `xsi:nil` (XML Schema part 1 §2.6). */
export const SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";

/** Namespace that the prefix `xml` always has (Namespaces in XML §3). */
export const XML_PREFIX = "http://www.w3.org/XML/1998/namespace";
