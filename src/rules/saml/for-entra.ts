import type { Policy } from "../../policy.ts";
import { ENTRA_ENTITY_IDS } from "../../vocabulary/saml-entra.ts";

/** Whether the reader is Entra itself, whose demands on a federated IdP go beyond the profile (Entra's page for SAML 2.0 identity providers). */
export function isForEntra({ audiences = [] }: Policy): boolean {
  return audiences.some((audience) => ENTRA_ENTITY_IDS.includes(audience));
}
