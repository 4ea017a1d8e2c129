import type { EmissionKey, EmissionKeys } from "../../emission/keys/keys.ts";

/** A stand-in for Entra that only this mock IdP believes: whoever has its key can sign hints. */
export interface EntraStandIn {
  readonly clientId: string;
  readonly tenantId: string;
  /** `iss` of a hint of this tenant. */
  readonly issuer: string;
  /** Made when first asked for. */
  readonly key: () => Promise<EmissionKey>;
}

/** Issuer of the tokens of every tenant in the global cloud (Entra's EAM provider reference); the tenant stands for `{tenantid}`. */
export const ENTRA_ISSUER = "https://login.microsoftonline.com/{tenantid}/v2.0";

const TENANT = "11111111-2222-3333-4444-555555555555";

/** Makes a stand-in for Entra with keys of its own; the one it signs with is made when first asked for. */
export function makeEntraStandIn(clientId: string, keys: EmissionKeys): EntraStandIn {
  const issuer = ENTRA_ISSUER.replace("{tenantid}", TENANT);
  return { clientId, tenantId: TENANT, issuer, key: keys.published };
}
