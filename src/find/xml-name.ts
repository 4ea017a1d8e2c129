import { quote } from "../quote.ts";
import { xmlRoot } from "./xml-kind.ts";

const LOGOUT = "is a SAML logout message; judge reads the Response to a sign-in";
const ASSERTION = "is an assertion alone; judge reads the whole Response that the service provider received";
const METADATA = "is metadata; it holds keys and belongs after --keys";

/** What people take for a response, by the local name of its root. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ["AuthnRequest", "is a SAML request (AuthnRequest); judge reads the Response that answers it"],
  ["LogoutRequest", LOGOUT],
  ["LogoutResponse", LOGOUT],
  ["Assertion", ASSERTION],
  ["EncryptedAssertion", ASSERTION],
  ["EntityDescriptor", METADATA],
  ["EntitiesDescriptor", METADATA],
  ["ArtifactResponse", "is a SAML ArtifactResponse; judge reads the Response inside it"],
  [
    "Envelope",
    "is a SOAP message; judge reads the Response, or the RequestSecurityTokenResponse of a browser",
  ],
  ["RequestSecurityToken", "is a WS-Trust request; judge reads the RequestSecurityTokenResponse"],
]);

/** What XML is that is no artifact, as the predicate of a sentence. */
export function xmlName(text: string): string {
  const root = xmlRoot(text);
  if (root === undefined) return "is markup without a root element";
  if (root === "Response" && text.includes("urn:oasis:names:tc:SAML:1.")) {
    return "is a SAML 1.1 response; judge reads SAML 2.0, and SAML 1.1 inside WS-Federation";
  }
  return NAMES.get(root) ?? `is XML with the root ${quote(root)}, no SAML or WS-Federation response`;
}
