import { METADATA_NAMESPACE, PROTOCOL_NAMESPACE } from "./names.ts";
import { signXml } from "../xml/signature.ts";
import type { XmlSigner } from "../xml/signer.ts";
import { element } from "../xml/xml.ts";

/**
 * Metadata that an IdP signs and publishes: a signature of its key that anybody can get without signing in.
 *
 * @see SAML metadata §2.3.2
 */
export async function signedMetadata(entityId: string, signer: XmlSigner): Promise<string> {
  const xml = element(
    "md:EntityDescriptor",
    { "xmlns:md": METADATA_NAMESPACE, ID: "_metadata", entityID: entityId },
    [element("md:IDPSSODescriptor", { protocolSupportEnumeration: PROTOCOL_NAMESPACE })],
  );
  return await signXml(xml, { path: ["EntityDescriptor"], idAttribute: "ID", position: "first" }, signer);
}
