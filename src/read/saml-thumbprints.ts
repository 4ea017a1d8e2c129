import type { KeySource } from "./saml-keys.ts";
import { decodeBase64, sha1 } from "./web-crypto.ts";
import { XML_SIGNATURE } from "../vocabulary/saml-namespaces.ts";
import { allOf, type XmlElement } from "./xml-element.ts";

/** More certificates than this in one KeyInfo are not looked at. */
const MAX_CERTIFICATES = 8;

/** The certificates in the KeyInfo of a signature as base64: nothing vouches for them. */
export function keyInfoCertificates(signature: XmlElement): readonly string[] {
  return allOf(signature, XML_SIGNATURE, "KeyInfo")
    .flatMap((info) => allOf(info, XML_SIGNATURE, "X509Data"))
    .flatMap((data) => allOf(data, XML_SIGNATURE, "X509Certificate"))
    .slice(0, MAX_CERTIFICATES)
    .map(({ children }) => children.map((child) => (child.kind === "text" ? child.value : "")).join(""));
}

/** A certificate as PEM. */
export function pemOf(base64: string): string {
  const lines = base64.replace(/\s+/g, "").replace(/(.{64})/g, "$1\n");
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----`;
}

function certificateIn(source: KeySource): string | undefined {
  if (typeof source === "string") return /-----BEGIN CERTIFICATE-----([^-]+)-----END/.exec(source)?.[1];
  const chain = source["x5c"];
  const first: unknown = Array.isArray(chain) ? chain[0] : undefined;
  return typeof first === "string" ? first : undefined;
}

/** The SHA-1 thumbprint of a certificate, as Windows, AD FS and Entra show it; undefined when it is not base64. */
export async function thumbprint(base64: string): Promise<string | undefined> {
  const bytes = decodeBase64(base64);
  if (bytes === undefined || bytes.length === 0) return undefined;
  const hash = await sha1(bytes);
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0").toUpperCase()).join("");
}

/** The thumbprints of the trusted certificates; keys that were configured without one have none. */
export async function thumbprintsOf(sources: readonly KeySource[]): Promise<readonly string[]> {
  const found = await Promise.all(
    sources.map(async (source) => {
      const certificate = certificateIn(source);
      return certificate === undefined ? undefined : await thumbprint(certificate);
    }),
  );
  return [...new Set(found.filter((print) => print !== undefined))];
}
