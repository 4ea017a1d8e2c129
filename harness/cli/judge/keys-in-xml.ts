import { readFederationMetadata, searchArtifacts, type TrustedIssuer } from "../../../src/index.ts";
import { certificatesInText } from "./keys-in-certificates.ts";
import type { KeyRefusal } from "./key-refusal.ts";

/** The text is decoded already, whatever encoding it was in. */
const DECLARATION = /^<\?xml\s[^>]*\?>/;
const READ_AT_MOST = 2 * 1024 * 1024;

/** Keys in XML: the metadata of identity providers, SAML or WS-Federation. */
export async function keysInXml(text: string): Promise<readonly TrustedIssuer[] | KeyRefusal> {
  const providers = await readFederationMetadata(text.replace(DECLARATION, ""));
  const issuers = providers
    .map(({ issuer, certificates }) => ({ issuer, certificates: certificates.flatMap(certificatesInText) }))
    .filter(({ certificates }) => certificates.length > 0);
  return issuers.length > 0 ? issuers : nameOf(text, providers.length);
}

function nameOf(text: string, providers: number): KeyRefusal {
  if (providers > 0) return { is: "its metadata names no signing certificate that can be read" };
  const [found] = searchArtifacts(text).artifacts;
  if (found !== undefined) {
    const hint = "Name the certificate or metadata of its issuer: a certificate inside it proves nothing.";
    return { is: "it is a response", hint };
  }
  if (text.length > READ_AT_MOST) {
    const hint = "Cut the EntityDescriptor of the identity provider out of it, and name that.";
    return { is: "it is XML of more than 2 MiB, which is not read", hint };
  }
  if (/<(?:[\w-]{1,40}:)?(?:EntityDescriptor|EntitiesDescriptor)[\s>]/.test(text)) {
    return {
      is: "it is metadata, but of no identity provider",
      hint: "Name the metadata of the identity provider that signs.",
    };
  }
  return /<html[\s>]|<!doctype html/i.test(text)
    ? { is: "it is a page", hint: "Save the document itself, not the page that a browser shows." }
    : { is: "it is XML, but no metadata" };
}
