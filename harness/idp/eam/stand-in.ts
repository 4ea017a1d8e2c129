import type { EmissionKeys } from "../../emission/keys/keys.ts";
import type { EntraStandIn } from "../mock-idp.ts";

/** Issuer of the tokens of every tenant in the global cloud (fact sheet, 5.5); the tenant stands for `{tenantid}`. */
export const ENTRA_ISSUER = "https://login.microsoftonline.com/{tenantid}/v2.0";

const TENANT = "11111111-2222-3333-4444-555555555555";

/** Makes a stand-in for Entra with keys of its own; the one it signs with is made when first asked for. */
export function makeEntraStandIn(clientId: string, keys: EmissionKeys): EntraStandIn {
  const issuer = ENTRA_ISSUER.replace("{tenantid}", TENANT);
  return { clientId, tenantId: TENANT, issuer, key: keys.published };
}
