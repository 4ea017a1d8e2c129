import type { FactorKind } from "./factor-kind.ts";

/**
 * The kinds of factor that answer each `acr` Entra asks of an external authentication method. Every supported method
 * is of the kind possession or inherence, so `knowledge` alone cannot be answered. Entra's EAM provider reference.
 */
export const EAM_ACR_KINDS: ReadonlyMap<string, readonly FactorKind[]> = new Map<
  string,
  readonly FactorKind[]
>([
  ["possessionorinherence", ["possession", "inherence"]],
  ["knowledgeorpossession", ["knowledge", "possession"]],
  ["knowledgeorinherence", ["knowledge", "inherence"]],
  ["knowledgeorpossessionorinherence", ["knowledge", "possession", "inherence"]],
  ["possession", ["possession"]],
  ["inherence", ["inherence"]],
  ["knowledge", ["knowledge"]],
]);

/** The `acr` values that Entra asks of an external authentication method. */
export const EAM_ACR_VALUES: readonly string[] = [...EAM_ACR_KINDS.keys()];
