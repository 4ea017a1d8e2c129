import type { FactorKind } from "./factor-kind.ts";

/** The `amr` value of a v1.0 access token after MFA. Entra access token reference, section on `amr`. */
export const PARTNER_API_MFA = "mfa";

/** The kind of factor behind each `amr` value of a v1.0 access token; `fed`, `wia` and `none` do not tell. */
export const PARTNER_API_FACTORS: ReadonlyMap<string, FactorKind> = new Map<string, FactorKind>([
  ["pwd", "knowledge"],
  ["otp", "possession"],
  ["rsa", "possession"],
  ["hwk", "possession"],
  ["swk", "possession"],
]);

/** The `amr` value for a sign-in at a federated identity provider. Entra: access tokens. */
export const ENTRA_FEDERATED = "fed";
