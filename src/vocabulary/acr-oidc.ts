/** `acr` values that say that one factor was used, or that no level was met at all. */
export const SINGLE_FACTOR_ACR: readonly string[] = [
  // OIDC Core §2: does not meet level 1 of ISO/IEC 29115.
  "0",
  // SAML authentication context §3.4.
  "urn:oasis:names:tc:SAML:2.0:ac:classes:Password",
  "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport",
  // REFEDS SFA profile.
  "https://refeds.org/profile/sfa",
  // Okta: authentication levels.
  "urn:okta:loa:1fa:any",
  "urn:okta:loa:1fa:pwd",
  // F-33: what authup writes for a password.
  "password",
  "pwd",
];
