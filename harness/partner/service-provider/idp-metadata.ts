import { attributeOf, childrenOf, onlyChild, parseRoot, textOf } from "./saml-dom.ts";

/** What a service provider has to know of its IdP. */
export interface IdentityProvider {
  /** Entity id. */
  readonly issuer: string;
  /** Where AuthnRequests go, by redirect. */
  readonly entryPoint: string;
  /** PEM, or the base64 of metadata. */
  readonly certificate: string;
}

const REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";

/**
 * Reads an IdP's metadata.
 *
 * @throws Error when it lacks an entity id, a redirect endpoint or a signing certificate
 */
export function readIdpMetadata(xml: string): IdentityProvider {
  const root = parseRoot(xml);
  const role = onlyChild(root, "metadata", "IDPSSODescriptor");
  const entryPoint = childrenOf(role, "metadata", "SingleSignOnService")
    .filter((service) => attributeOf(service, "Binding") === REDIRECT)
    .map((service) => attributeOf(service, "Location"))[0];
  const certificate = childrenOf(role, "metadata", "KeyDescriptor")
    .filter((key) => (attributeOf(key, "use") ?? "signing") === "signing")
    .map(certificateOf)[0];
  const issuer = attributeOf(root, "entityID");
  if (issuer === undefined || entryPoint === undefined || certificate === undefined) {
    throw new Error("the metadata names no entity id, no redirect endpoint or no signing certificate");
  }
  return { issuer, entryPoint, certificate };
}

function certificateOf(descriptor: Element): string | undefined {
  const keyInfo = onlyChild(descriptor, "signature", "KeyInfo");
  const data = childrenOf(keyInfo, "signature", "X509Data")[0];
  return textOf(childrenOf(data, "signature", "X509Certificate")[0])?.replace(/\s+/g, "");
}
