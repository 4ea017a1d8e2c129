import { deflateRawSync, inflateRawSync } from "node:zlib";
import { DOMParser, XMLSerializer } from "@xmldom/xmldom";

const ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion";

/**
 * Adds a Subject to an unsigned AuthnRequest, behind its Issuer: node-saml has no word for it.
 *
 * @param address where the request is sent by redirect
 * @see SAML core §3.4.1
 */
export function askAbout(subject: string, address: string): string {
  const url = new URL(address);
  const deflated = Buffer.from(url.searchParams.get("SAMLRequest") ?? "", "base64");
  const request = new DOMParser().parseFromString(inflateRawSync(deflated).toString(), "text/xml");
  const issuer = request.getElementsByTagNameNS(ASSERTION, "Issuer")[0];
  const about = request.createElementNS(ASSERTION, "saml:Subject");
  const name = request.createElementNS(ASSERTION, "saml:NameID");
  name.appendChild(request.createTextNode(subject));
  about.appendChild(name);
  request.documentElement.insertBefore(about, issuer?.nextSibling ?? null);
  const xml = new XMLSerializer().serializeToString(request);
  url.searchParams.set("SAMLRequest", deflateRawSync(xml).toString("base64"));
  return url.href;
}
