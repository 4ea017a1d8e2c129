import type { Statement } from "../evidence.ts";
import { EAM_ACR_KINDS } from "../vocabulary/acr-eam.ts";
import { EAM_FACTORS } from "../vocabulary/amr-eam.ts";
import type { MatcherAnswer } from "./matcher.ts";

/**
 * Reads as Entra reads the answer of an external authentication method: `acr` is one of the values it asks for, and
 * `amr` an array of exactly one method of a kind that the `acr` stands for. Entra's EAM provider reference.
 */
export function eam(statements: readonly Statement[]): MatcherAnswer {
  const acr = statements.find(({ kind }) => kind === "acr")?.value;
  const amr = statements.find(({ kind }) => kind === "amr")?.value;
  const wanted = typeof acr === "string" ? EAM_ACR_KINDS.get(acr) : undefined;
  const methods: readonly unknown[] = Array.isArray(amr) ? amr : [];
  const [method] = methods;
  const kind = typeof method === "string" && methods.length === 1 ? EAM_FACTORS.get(method) : undefined;
  return kind !== undefined && wanted?.includes(kind) === true ? "pass" : "fail";
}
