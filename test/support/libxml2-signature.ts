import { createHash, sign } from "node:crypto";
import { XmlC14NMode, XmlDocument } from "libxml2-wasm";
import type { SampleKey } from "./signed-saml.ts";

const DS = "http://www.w3.org/2000/09/xmldsig#";
const ENVELOPED = `${DS}enveloped-signature`;

/** Canonicalisations by their identifiers, as libxml2 calls them. */
const FORMS = {
  exclusive: { uri: "http://www.w3.org/2001/10/xml-exc-c14n#", mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0 },
  "1.0": { uri: "http://www.w3.org/TR/2001/REC-xml-c14n-20010315", mode: XmlC14NMode.XML_C14N_1_0 },
  "1.1": { uri: "http://www.w3.org/2006/12/xml-c14n11", mode: XmlC14NMode.XML_C14N_1_1 },
} as const;

/** A canonicalisation, with comments or without. */
interface SampleForm {
  readonly form: keyof typeof FORMS;
  readonly comments?: boolean;
}

function uriOf({ form, comments = false }: SampleForm): string {
  const { uri } = FORMS[form];
  if (!comments) return uri;
  return form === "exclusive" ? `${uri}WithComments` : `${uri}#WithComments`;
}

function canonical(xml: string, xpath: string, { form, comments = false }: SampleForm): string {
  using document = XmlDocument.fromString(xml);
  const element = document.get(xpath);
  if (element === null) throw new Error(`there is no ${xpath}`);
  return element.canonicalizeToString({ mode: FORMS[form].mode, withComments: comments });
}

/** How a sample is canonicalised; `implied` leaves out the transform that would say so. */
export interface Canonicalisations {
  readonly signedInfo: SampleForm;
  readonly content: SampleForm | "implied";
}

/**
 * Signs the element with that ID with RSA and SHA-256 on what libxml2 makes of it, and puts the signature after its
 * Issuer: xml-crypto does not know every canonicalisation, and ours is what is tested.
 */
export function signByLibxml2(xml: string, id: string, key: SampleKey, how: Canonicalisations): string {
  const { signedInfo, content } = how;
  const comments = content === "implied" ? false : (content.comments ?? false);
  // What "#id" refers to has no comments, whatever the transform after it says.
  const text = canonical(xml, `//*[@ID='${id}']`, {
    form: content === "implied" ? "1.0" : content.form,
    comments: false,
  });
  const digest = createHash("sha256").update(text).digest("base64");
  const transforms = [ENVELOPED, ...(content === "implied" ? [] : [uriOf({ ...content, comments })])];
  const unsigned = `<ds:Signature xmlns:ds="${DS}"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="${uriOf(signedInfo)}"/><!-- signed --><ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/><ds:Reference URI="#${id}"><ds:Transforms>${transforms.map((each) => `<ds:Transform Algorithm="${each}"/>`).join("")}</ds:Transforms><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue>${digest}</ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue>@</ds:SignatureValue></ds:Signature>`;
  const place = new RegExp(`(ID="${id}"[\\s\\S]*?</saml:Issuer>)`);
  const placed = xml.replace(place, `$1${unsigned}`);
  const bytes = canonical(placed, "//*[local-name()='SignedInfo'][../*[.='@']]", signedInfo);
  const value = sign("sha256", Buffer.from(bytes), key.privateKey).toString("base64");
  return placed.replace("<ds:SignatureValue>@<", `<ds:SignatureValue>${value}<`);
}
