import { HarnessError } from "../../errors.ts";
import type { Emission } from "../emission.ts";
import type { WsFedAssertionModel } from "../model.ts";
import { patched } from "../patch.ts";
import { wsFedProfile, type WsFedSignIn } from "../profiles/wsfed.ts";
import { saml2SignaturePlace } from "../saml/signature.ts";
import { tamperSamlXml } from "../saml/tamper.ts";
import { checkedWsFedResponse } from "./model.ts";
import { isSaml1, wsFedResponseXml } from "./xml.ts";
import { signXml } from "../xml/signature.ts";
import type { XmlSignaturePlace } from "../xml/signature-place.ts";
import type { XmlSigner } from "../xml/signer.ts";

/** The first is the one that the model describes: a patch may write another behind it. */
const ASSERTION = ["*", "RequestedSecurityToken", "Assertion"];

/** In SAML 1.1 the signature comes last, and `AssertionID` is what it refers to (SAML 1.1 core §5.4). */
function signaturePlace({ version, issuer }: WsFedAssertionModel): XmlSignaturePlace {
  if (!isSaml1({ version })) return saml2SignaturePlace(ASSERTION, issuer);
  return { path: ASSERTION, idAttribute: "AssertionID", position: "last" };
}

/**
 * The whole way from an emission to the XML that `wresult` carries: profile, patches, XML, signature, tampers. An
 * assertion whose id was patched away is left unsigned, because a SAML signature has no other way to name it.
 *
 * @throws HarnessError when the emission is of another channel, or a patch or tamper does not fit
 */
export async function emitWsFedResponse(
  emission: Emission,
  signIn: WsFedSignIn,
  signer: XmlSigner,
): Promise<string> {
  if (emission.channel !== "wsfed") {
    throw new HarnessError(
      "ERR_SCENARIO_INVALID",
      `An emission of the channel ${emission.channel} is no WS-Federation response`,
      "Sign in at a partner app of that channel, or set the channel of the emission to wsfed.",
    );
  }
  const profile = wsFedProfile(emission.profile, signIn);
  const model = checkedWsFedResponse(patched("wsFedResponse", profile, emission.patch));
  const { assertion } = model;
  const xml = wsFedResponseXml(model);
  const signed =
    assertion?.id === undefined
      ? xml
      : await signXml(xml, signaturePlace(assertion), signer, model.signature ?? {});
  return tamperSamlXml(signed, emission.tamper);
}
