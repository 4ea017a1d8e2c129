/** SAML version of a token as AD FS and Entra exchange it (Entra's page on inbound assertions; SAML 1.1 core §2.3.2). */
export const SAML_1_1 = "1.1";

/** SAML version of a newer token (SAML core §2.3.3). */
export const SAML_2_0 = "2.0";

/** Format of a name that says nothing about it (SAML 1.1 core §7.3.1). */
export const UNSPECIFIED_NAME = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified";

/** Last part, in lower case, of the claim types that name a user, as AD FS issues them where no subject has a name. */
export const USER_CLAIM_NAMES: readonly string[] = [
  "nameidentifier",
  "upn",
  "emailaddress",
  "name",
  "windowsaccountname",
  "primarysid",
  "immutableid",
];

/** Confirmation methods by which whoever brings the token may use it (SAML 1.1 profiles §5.2, SAML profiles §3.3). */
export const BEARER_METHODS: readonly string[] = [
  "urn:oasis:names:tc:SAML:1.0:cm:bearer",
  "urn:oasis:names:tc:SAML:2.0:cm:bearer",
];

/** Condition elements that SAML 1.1 core §2.3.2.1 defines. */
export const SAML_1_CONDITIONS: ReadonlySet<string> = new Set([
  "AudienceRestrictionCondition",
  "DoNotCacheCondition",
]);
