import type { WsFedAttribute, WsFedResponse } from "../../artifact.ts";
import type { Policy } from "../../policy.ts";
import {
  CLAIMS_NAMESPACE,
  WSFED_ATTRIBUTE,
  WSFED_ATTRIBUTE_NAMESPACE,
} from "../../vocabulary/attribute-amr.ts";
import { AD_FS_METHODS } from "../../vocabulary/wsfed-mfa.ts";
import { SAML_2_0 } from "../../vocabulary/wsfed-protocol.ts";
import { statesMfa } from "../assertion/mfa-statement.ts";
import { mfaStatements } from "./mfa-statements.ts";

/** Whether the reader of the policy is Entra, whose pages are the ones that disagree. */
function readsAsEntra({ mfa }: Policy): boolean {
  return mfa.attributes.some(({ name, nameFormats }) => {
    return name === WSFED_ATTRIBUTE && nameFormats.includes(WSFED_ATTRIBUTE_NAMESPACE);
  });
}

/**
 * Attributes in which AD FS passes the methods of a sign-in through, that say MFA where nothing else does. Microsoft's
 * pages disagree whether Entra reads them.
 */
export function passedThrough(response: WsFedResponse, policy: Policy): readonly WsFedAttribute[] {
  if (response.version === SAML_2_0 || !readsAsEntra(policy)) return [];
  if (statesMfa(mfaStatements(response, policy))) return [];
  return response.attributes.filter(({ name, namespace, values }) => {
    const isPassed = name === AD_FS_METHODS && namespace === CLAIMS_NAMESPACE;
    return isPassed && values.some((value) => policy.mfa.attributeValues.includes(value));
  });
}
