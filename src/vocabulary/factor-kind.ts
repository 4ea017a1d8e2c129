/** The three kinds of factor; two different ones make MFA. NIST SP 800-63B, PSR-031. */
export type FactorKind = "knowledge" | "possession" | "inherence";
