/** The text that Partner Center's own tools look for in `amr`. Fact sheet, section 1.3. */
export const READERS_MFA = "mfa";
