import type { WsFedResponse } from "../../artifact.ts";
import type { Policy } from "../../policy.ts";
import { WIA_OR_MULTI_AUTHN } from "../../vocabulary/saml-mfa.ts";
import { SAML_2_0 } from "../../vocabulary/wsfed-protocol.ts";
import { sendWhereRead } from "../assertion/mfa-advice.ts";

/**
 * What to change in a token so that the reader of the policy sees MFA. In SAML 2.0 the class is the only place, and
 * `wiaormultiauthn` says nothing there (Entra's page on inbound assertions).
 */
export function sendWhereReadIn({ version }: Pick<WsFedResponse, "version">, policy: Policy): string {
  if (version !== SAML_2_0) return sendWhereRead(policy, "AuthenticationMethod");
  const classRefs = policy.mfa.classRefs.filter((value) => value !== WIA_OR_MULTI_AUTHN);
  if (classRefs.length === 0) return sendWhereRead(policy, "AuthenticationMethod");
  const mfa = { ...policy.mfa, classRefs, attributes: [], attributeValues: [] };
  return sendWhereRead({ ...policy, mfa }, "AuthnContextClassRef");
}
