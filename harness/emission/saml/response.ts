import { HarnessError } from "../../errors.ts";
import type { Emission } from "../emission.ts";
import type { SamlResponseModel } from "../model.ts";
import { patched } from "../patch.ts";
import { samlProfile, type SamlSignIn } from "../profiles/saml.ts";
import { checkedSamlResponse } from "./model.ts";
import { signedMetadata } from "./signed-metadata.ts";
import { signSamlResponse } from "./signature.ts";
import { tamperSamlXml } from "./tamper.ts";
import { samlResponseXml } from "./xml.ts";
import type { XmlSigner } from "../xml/signer.ts";

/**
 * What an emission says in a SAML response, before it is signed.
 *
 * @throws HarnessError when a patch does not fit
 */
export function samlResponseOf({ profile, patch }: Emission, signIn: SamlSignIn): SamlResponseModel {
  return checkedSamlResponse(patched("samlResponse", samlProfile(profile, signIn), patch));
}

/**
 * The whole way from an emission to the XML of a SAML response: profile, patches, XML, signatures, tampers.
 *
 * @throws HarnessError when the emission is of another channel, or a patch or tamper does not fit
 */
export async function emitSamlResponse(
  emission: Emission,
  signIn: SamlSignIn,
  signer: XmlSigner,
): Promise<string> {
  if (emission.channel !== "saml") {
    throw new HarnessError(
      "ERR_SCENARIO_INVALID",
      `An emission of the channel ${emission.channel} is no SAML response`,
      "Sign in at a partner app of that channel, or set the channel of the emission to saml.",
    );
  }
  const model = samlResponseOf(emission, signIn);
  const signed = await signSamlResponse(samlResponseXml(model), model, signer, signIn.encryption);
  const metadata = async (): Promise<string> => await signedMetadata(signIn.issuer, signer);
  return await tamperSamlXml(signed, emission.tamper, { metadata });
}
