import {
  DIGEST_ALGORITHMS,
  SIGNATURE_ALGORITHMS,
  type HashName,
  type SignatureAlgorithm,
} from "../vocabulary/saml-algorithms.ts";
import { XML_SIGNATURE } from "../vocabulary/saml-namespaces.ts";
import { canonicalForm, contentForm } from "./saml-canonical-form.ts";
import { algorithmOf, broken, childrenNamed, withoutChildren } from "./saml-signature-elements.ts";
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
 * enveloped-signature then canonicalisation, allowed algorithms only. KeyInfo is never looked at.
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
