import {
  DIGEST_ALGORITHMS,
  ENVELOPED_SIGNATURE,
  EXCLUSIVE_C14N,
  EXCLUSIVE_C14N_WITH_COMMENTS,
  SIGNATURE_ALGORITHMS,
  type HashName,
  type SignatureAlgorithm,
} from "../vocabulary/saml-algorithms.ts";
import { XML_SIGNATURE } from "../vocabulary/saml-namespaces.ts";
import { idOf, type PlacedSignature } from "./saml-structure.ts";
import { decodeBase64 } from "./web-crypto.ts";
import type { CanonicalForm } from "./xml-canonical.ts";
import {
  attributeOf,
  displayName,
  elementsOf,
  isNamed,
  locate,
  textOf,
  type XmlElement,
} from "./xml-element.ts";
import { Refusal } from "./xml-refusal.ts";

/** A signature that keeps to the SAML profile, with all that verifying it needs. */
export interface SignatureParts extends PlacedSignature {
  readonly signedInfo: XmlElement;
  /** How SignedInfo is canonicalised before its signature is verified. */
  readonly signedInfoForm: CanonicalForm;
  /** How the signed element is canonicalised before it is digested. */
  readonly contentForm: CanonicalForm;
  readonly algorithm: SignatureAlgorithm;
  readonly hash: HashName;
  readonly digestValue: Uint8Array;
  readonly signatureValue: Uint8Array;
}

/** Each prefix is looked up at each element, so a long list would cost more than the message is worth. */
const MAX_INCLUSIVE_PREFIXES = 64;

function broken(element: XmlElement, message: string): Refusal {
  return new Refusal("signature-structure", locate(element), message);
}

/** The child elements, which must be exactly these ds: elements in this order; text between them must be blank. */
function childrenNamed(parent: XmlElement, names: readonly string[]): readonly XmlElement[] {
  const children = elementsOf(parent);
  const fits =
    children.length === names.length &&
    children.every((child, index) => isNamed(child, XML_SIGNATURE, names[index] ?? ""));
  const stray = parent.children.some((child) => child.kind === "text" && child.value.trim() !== "");
  if (!fits || stray) {
    const found = children.map((child) => displayName(child)).join(", ") || "nothing";
    const wanted = names.map((name) => `ds:${name}`).join(", ");
    throw broken(parent, `${displayName(parent)} holds ${found}; it must hold exactly ${wanted}`);
  }
  return children;
}

function algorithmOf(element: XmlElement): string {
  return attributeOf(element, "Algorithm") ?? "";
}

function withoutChildren(element: XmlElement): void {
  if (element.children.some((child) => child.kind === "element")) {
    throw broken(element, `${displayName(element)} has parameters; none are allowed`);
  }
}

function inclusivePrefixes(method: XmlElement): readonly string[] {
  const [list, second] = elementsOf(method);
  if (list === undefined) return [];
  if (second !== undefined || !isNamed(list, EXCLUSIVE_C14N, "InclusiveNamespaces")) {
    throw broken(method, `${displayName(method)} may hold one InclusiveNamespaces and nothing else`);
  }
  const prefixes = (attributeOf(list, "PrefixList") ?? "").split(/[ \t\r\n]+/).filter((each) => each !== "");
  if (prefixes.length > MAX_INCLUSIVE_PREFIXES) throw broken(list, "the PrefixList is too long");
  return prefixes.map((prefix) => (prefix === "#default" ? "" : prefix));
}

function canonicalForm(method: XmlElement): CanonicalForm {
  const algorithm = algorithmOf(method);
  const comments = algorithm === EXCLUSIVE_C14N_WITH_COMMENTS;
  if (!comments && algorithm !== EXCLUSIVE_C14N) {
    const message = `${displayName(method)} is "${algorithm}"; it must be exclusive canonicalisation`;
    throw broken(method, message);
  }
  return { comments, inclusivePrefixes: inclusivePrefixes(method) };
}

function contentForm(transforms: XmlElement): CanonicalForm {
  const [enveloped, exclusive] = childrenNamed(transforms, ["Transform", "Transform"]);
  if (enveloped === undefined || exclusive === undefined || algorithmOf(enveloped) !== ENVELOPED_SIGNATURE) {
    throw broken(transforms, "the first transform must be enveloped-signature, the second exclusive c14n");
  }
  // xml-crypto writes an InclusiveNamespaces of its own into this transform too, where it means nothing.
  if (elementsOf(enveloped).some(({ local }) => local !== "InclusiveNamespaces")) {
    throw broken(enveloped, "the transform enveloped-signature has parameters; none are allowed");
  }
  // XML Signature §4.4.3.3: what a reference like "#id" yields has no comments, whatever comes after.
  return { ...canonicalForm(exclusive), comments: false };
}

function forbidden(method: XmlElement): Refusal {
  const uri = algorithmOf(method);
  const secure = uri.startsWith("https://www.w3.org/");
  const hint = secure ? "; the registered identifiers begin with http:, not https:" : "";
  const message = `${displayName(method)} is "${uri}", which is not among the allowed algorithms${hint}`;
  return new Refusal("algorithm-forbidden", locate(method), message);
}

function binary(element: XmlElement): Uint8Array {
  const bytes = decodeBase64(textOf(element, "signature-structure"));
  if (bytes === undefined || bytes.length === 0)
    throw broken(element, `${displayName(element)} is not base64`);
  return bytes;
}

function checkReference(reference: XmlElement, signed: XmlElement): void {
  const id = idOf(signed) ?? "";
  if (id === "" || attributeOf(reference, "URI") !== `#${id}`) {
    throw broken(reference, `the reference does not name the ID of the ${displayName(signed)} it stands in`);
  }
}

/**
 * Reads a signature and holds it to the SAML profile: one SignedInfo first, one reference to the parent, transforms
 * enveloped-signature then exclusive canonicalisation, allowed algorithms only. KeyInfo is never looked at.
 *
 * @param placed signature and the element that it must sign
 * @param allowed JOSE names of the allowed signature algorithms
 * @throws Refusal of kind `signature-structure` or `algorithm-forbidden`
 * @see SAML core §5.4
 */
export function readSignature(placed: PlacedSignature, allowed: readonly string[]): SignatureParts {
  const { signature, signed, at } = placed;
  const hasKeyInfo = elementsOf(signature).some((child) => isNamed(child, XML_SIGNATURE, "KeyInfo"));
  const names = ["SignedInfo", "SignatureValue", ...(hasKeyInfo ? ["KeyInfo"] : [])];
  const [signedInfo, signatureValue] = childrenNamed(signature, names);
  if (signedInfo === undefined || signatureValue === undefined) throw broken(signature, "it is incomplete");
  const [c14nMethod, signatureMethod, reference] = childrenNamed(signedInfo, [
    "CanonicalizationMethod",
    "SignatureMethod",
    "Reference",
  ]);
  if (c14nMethod === undefined || signatureMethod === undefined || reference === undefined) {
    throw broken(signedInfo, "it is incomplete");
  }
  checkReference(reference, signed);
  const [transforms, digestMethod, digestValue] = childrenNamed(reference, [
    "Transforms",
    "DigestMethod",
    "DigestValue",
  ]);
  if (transforms === undefined || digestMethod === undefined || digestValue === undefined) {
    throw broken(reference, "it is incomplete");
  }
  const algorithm = SIGNATURE_ALGORITHMS.get(algorithmOf(signatureMethod));
  if (algorithm === undefined || !algorithm.names.some((name) => allowed.includes(name))) {
    throw forbidden(signatureMethod);
  }
  const hash = DIGEST_ALGORITHMS.get(algorithmOf(digestMethod));
  if (hash === undefined) throw forbidden(digestMethod);
  withoutChildren(signatureMethod);
  withoutChildren(digestMethod);
  return {
    signature,
    signed,
    at,
    signedInfo,
    signedInfoForm: canonicalForm(c14nMethod),
    contentForm: contentForm(transforms),
    algorithm,
    hash,
    digestValue: binary(digestValue),
    signatureValue: binary(signatureValue),
  };
}
