import type { FactorKind } from "./factor-kind.ts";

/** The day of the state of the IANA registry that is held here: its last change, as the registry dates it. */
export const AMR_REGISTRY_DATE = "2024-10-04";

/**
 * The IANA registry "Authentication Method Reference Values" in the state of that day, with the kind of factor behind
 * each value; null for a value that is no factor by itself. RFC 8176 §2 has all but `pop`, which OpenID Connect EAP ACR
 * Values 1.0 §4 added. https://www.iana.org/assignments/authentication-method-reference-values
 */
export const AMR_REGISTRY: ReadonlyMap<string, FactorKind | null> = new Map<string, FactorKind | null>([
  ["face", "inherence"],
  ["fpt", "inherence"],
  ["geo", null],
  ["hwk", "possession"],
  ["iris", "inherence"],
  ["kba", "knowledge"],
  ["mca", null],
  ["mfa", null],
  ["otp", "possession"],
  ["pin", "knowledge"],
  ["pop", "possession"],
  ["pwd", "knowledge"],
  ["rba", null],
  ["retina", "inherence"],
  ["sc", "possession"],
  ["sms", "possession"],
  ["swk", "possession"],
  ["tel", "possession"],
  ["user", null],
  ["vbm", "inherence"],
  ["wia", null],
]);
