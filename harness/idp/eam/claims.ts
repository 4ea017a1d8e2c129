import { z } from "zod";
import { EAM_METHODS } from "../../emission/eam/names.ts";
import type { EamRequirements } from "../../emission/profiles/eam.ts";
import { EamFailure } from "./failure.ts";

/** One claim as OIDC Core §5.5.1 asks for it; Entra lists `values`. */
const askedSchema = z
  .object({ value: z.string().optional(), values: z.array(z.string()).optional() })
  .transform(({ value, values }) => values ?? (value === undefined ? [] : [value]));

const claimsSchema = z.object({
  id_token: z.object({
    acr: askedSchema.refine((values) => values.length > 0),
    amr: askedSchema.optional(),
  }),
});

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch (cause) {
    throw new EamFailure("invalid_request", "claims: it is not JSON", { cause });
  }
}

/**
 * Reads the parameter `claims`. A request that lists no methods takes every one that Entra knows.
 *
 * @throws EamFailure when it does not ask for an `acr`
 * @see OIDC Core §5.5
 */
export function readClaimsRequest(claims: string): EamRequirements {
  const parsed = claimsSchema.safeParse(parseJson(claims));
  if (!parsed.success) {
    const names = parsed.error.issues.map(({ path }) => path.join("."));
    throw new EamFailure("invalid_request", `claims: no usable ${names.join(", ") || "object"}`);
  }
  const { acr, amr = [] } = parsed.data.id_token;
  return { acrValues: acr, amrValues: amr.length > 0 ? amr : Object.keys(EAM_METHODS) };
}
