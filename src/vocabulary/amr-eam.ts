import type { FactorKind } from "./factor-kind.ts";

/**
 * The `amr` values that Entra takes from an external authentication method, with the kind of factor each stands for:
 * `fido` is possession even where it asks for a fingerprint. Entra's EAM provider reference.
 */
export const EAM_FACTORS: ReadonlyMap<string, FactorKind> = new Map<string, FactorKind>([
  ["face", "inherence"],
  ["fpt", "inherence"],
  ["iris", "inherence"],
  ["retina", "inherence"],
  ["vbm", "inherence"],
  ["fido", "possession"],
  ["hwk", "possession"],
  ["otp", "possession"],
  ["pop", "possession"],
  ["sc", "possession"],
  ["sms", "possession"],
  ["swk", "possession"],
  ["tel", "possession"],
]);
