import type { FactorKind } from "./factor-kind.ts";

/** The `amr` value for "more than one factor was used". RFC 8176 §2. */
export const OIDC_MFA = "mfa";

/**
 * The kind of factor behind each `amr` value of RFC 8176 §2. Values that are no factor by themselves (`geo`, `mca`,
 * `mfa`, `rba`, `user`, `wia`) are left out. `pop` was registered later, by the OpenID EAP specification.
 */
export const OIDC_FACTORS: ReadonlyMap<string, FactorKind> = new Map<string, FactorKind>([
  ["kba", "knowledge"],
  ["pin", "knowledge"],
  ["pwd", "knowledge"],
  // Not registered: what Glewlwyd 2.7 writes for a password.
  ["password", "knowledge"],
  ["hwk", "possession"],
  ["otp", "possession"],
  ["pop", "possession"],
  ["sc", "possession"],
  ["sms", "possession"],
  ["swk", "possession"],
  ["tel", "possession"],
  ["face", "inherence"],
  ["fpt", "inherence"],
  ["iris", "inherence"],
  ["retina", "inherence"],
  ["vbm", "inherence"],
]);
