/** The text that Partner Center's own tools look for in `amr`. Test-PartnerSecurityRequirement. */
export const READERS_MFA = "mfa";
