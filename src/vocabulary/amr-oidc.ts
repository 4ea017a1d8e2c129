import { AMR_REGISTRY } from "./amr-registry.ts";
import type { FactorKind } from "./factor-kind.ts";

/** The `amr` value for "more than one factor was used". RFC 8176 §2. */
export const OIDC_MFA = "mfa";

/**
 * The kind of factor behind each registered `amr` value that is a factor by itself, and behind `password`, which is not
 * registered: what Glewlwyd 2.7 writes for one.
 */
export const OIDC_FACTORS: ReadonlyMap<string, FactorKind> = new Map([
  ...[...AMR_REGISTRY].flatMap(([value, kind]) => (kind === null ? [] : [[value, kind] as const])),
  ["password", "knowledge"] as const,
]);
