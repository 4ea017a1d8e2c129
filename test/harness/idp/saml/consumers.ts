import { SAML, ValidateInResponseTo, type SamlConfig } from "@node-saml/node-saml";
import { IdentityProvider, SamlLib } from "samlify";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { SAMPLE_SP } from "./requests.ts";

/** node-saml with its defaults: both signatures demanded, PasswordProtectedTransport asked for exactly. */
export function nodeSaml(idp: MockIdp, changes: Partial<SamlConfig> = {}): SAML {
  return new SAML({
    idpCert: idp.trust.samlCertificate,
    entryPoint: `${idp.origin}/saml/sso`,
    issuer: SAMPLE_SP.entityId,
    callbackUrl: SAMPLE_SP.acs,
    validateInResponseTo: ValidateInResponseTo.always,
    ...changes,
  });
}

/** The metadata document of the mock IdP. */
export async function fetchMetadata(idp: MockIdp): Promise<string> {
  return await (await fetch(idp.trust.samlEntityId)).text();
}

/** Whether samlify finds a valid signature of the published certificate in the response. */
export async function isSigned(idp: MockIdp, xml: string): Promise<boolean> {
  const { entityMeta } = IdentityProvider({ metadata: await fetchMetadata(idp) });
  return SamlLib.verifySignature(xml, { metadata: entityMeta })[0];
}
