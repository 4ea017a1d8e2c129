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

/** `acr` values that mean MFA to those who define them. */
export const MFA_ACR: readonly string[] = [
  // REFEDS MFA profile.
  "https://refeds.org/profile/mfa",
  // What Entra takes for MFA from a federated issuer. Entra's page on inbound assertions.
  "http://schemas.microsoft.com/claims/multipleauthn",
  // SAML authentication context §3.4.
  "urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract",
  "urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorUnregistered",
  // OpenID PAPE §4, which several products still write.
  "http://schemas.openid.net/pape/policies/2007/06/multi-factor",
  "http://schemas.openid.net/pape/policies/2007/06/multi-factor-physical",
  // Okta: authentication levels.
  "urn:okta:loa:2fa:any",
  // What is asked of Entra to force MFA. auth0/passport-azure-ad-oauth2#33.
  "urn:microsoft:policies:mfa",
  "mfa",
];
