/** Words that products write into `amr` and no registry explains (docs/requirements.md: F-11, F-12, F-32, F-33). */
export const FOREIGN_TO_PARTNER_API: ReadonlySet<string> = new Set([
  "duo",
  "email",
  "ext",
  "external",
  "google_otp",
  "oauth_otp",
  "okta_verify",
  "password",
  "phr",
  "symantec",
  "yubikey",
]);

/** The same, with what only Entra's own tokens explain. Entra: access tokens. */
export const FOREIGN_TO_OIDC: ReadonlySet<string> = new Set([
  ...FOREIGN_TO_PARTNER_API,
  "fed",
  "ngcmfa",
  "none",
  "rsa",
  "wiaormfa",
]);
