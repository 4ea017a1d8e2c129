/** The issuer that Entra writes into v1.0 access tokens, with the tenant in it. Test-PartnerSecurityRequirement. */
export const ENTRA_ISSUER: RegExp = /^https:\/\/sts\.windows\.net\/([^/]+)\/$/;
