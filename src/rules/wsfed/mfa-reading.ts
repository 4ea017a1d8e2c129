import type { WsFedResponse } from "../../artifact.ts";
import type { MfaReading, Policy } from "../../policy.ts";
import { isEntraAudience } from "../../vocabulary/saml-entra.ts";
import type { Places } from "../assertion/mfa-advice.ts";
import { WIA_OR_MULTI_AUTHN } from "../../vocabulary/saml-mfa.ts";
import { SAML_2_0 } from "../../vocabulary/wsfed-protocol.ts";

/**
 * Where the reader of the policy looks in a token of this version, and what it takes there. SAML 2.0 has no namespaces
 * of attributes, and Entra lists one URI for it, in the class alone (Entra's page on inbound assertions).
 */
export function readingOf(
  { version }: Pick<WsFedResponse, "version">,
  { mfa, audiences = [] }: Policy,
): MfaReading {
  if (version !== SAML_2_0) return mfa;
  const named = mfa.attributes.filter(({ nameFormats }) => nameFormats.includes(null));
  return {
    ...mfa,
    classRefs: ofSaml2(mfa.classRefs),
    attributes: audiences.some((audience) => isEntraAudience(audience)) ? [] : named,
    attributeValues: ofSaml2(mfa.attributeValues),
  };
}

function ofSaml2(values: readonly string[]): readonly string[] {
  return values.filter((value) => value !== WIA_OR_MULTI_AUTHN);
}

/** What the version of a token calls the places where MFA may stand. */
export function placesOf({ version }: Pick<WsFedResponse, "version">): Places {
  return version === SAML_2_0
    ? { classRef: "AuthnContextClassRef" }
    : { classRef: "AuthenticationMethod", attributeFormat: "AttributeNamespace" };
}
