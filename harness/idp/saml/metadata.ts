import type { SamlMetadataModel } from "../../emission/model.ts";
import { BINDING } from "../../emission/saml/names.ts";
import { NAME_ID_FORMATS } from "./name-id.ts";

/** Entity id of the mock IdP at an origin; its metadata is found there. */
export function samlEntityId(origin: string): string {
  return `${origin}/saml/metadata`;
}

function at(location: string): { binding: string; location: string }[] {
  return [BINDING.redirect, BINDING.post].map((binding) => ({ binding, location }));
}

/**
 * The metadata of the mock IdP, before patches: its signing certificates, single sign-on and single logout by redirect
 * and by POST.
 *
 * @param certificates base64 of the DER form, that of the key that signs first
 * @see SAML metadata §2.4.3
 */
export function samlMetadata(origin: string, certificates: readonly string[]): SamlMetadataModel {
  return {
    entityId: samlEntityId(origin),
    wantAuthnRequestsSigned: "false",
    certificates: [...certificates],
    nameIdFormats: [...NAME_ID_FORMATS],
    singleSignOn: at(`${origin}/saml/sso`),
    singleLogout: at(`${origin}/saml/slo`),
  };
}
