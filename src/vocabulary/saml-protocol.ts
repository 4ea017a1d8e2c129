/** The only version this library reads (SAML core §2.3.3, §3.2.2). */
export const SAML_VERSION = "2.0";

/** Top-level status of an answer that carries an assertion (SAML core §3.2.2.2). */
export const STATUS_SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success";

/** Confirmation method of the web browser SSO profile (SAML profiles §3.3). */
export const BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer";

/** Elements inside an assertion that may be encrypted on their own (SAML core §2.2.4, §2.7.3.2). */
export const ENCRYPTED_PARTS: ReadonlySet<string> = new Set(["EncryptedID", "EncryptedAttribute"]);

/** Condition elements that SAML core §2.5.1 defines; any other makes an assertion's validity indeterminate. */
export const KNOWN_CONDITIONS: ReadonlySet<string> = new Set([
  "AudienceRestriction",
  "OneTimeUse",
  "ProxyRestriction",
]);
