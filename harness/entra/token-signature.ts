import { SignedXml } from "xml-crypto";
import {
  attributeOf,
  childrenOf,
  elementsOf,
  isNamed,
  NAMESPACE,
  onlyChild,
  parseToken,
} from "./token-xml.ts";

const EXCLUSIVE_C14N = "http://www.w3.org/2001/10/xml-exc-c14n#";
const ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
const SIGNATURE_METHODS = ["rsa-sha256", "rsa-sha384", "rsa-sha512"].map(
  (name) => `http://www.w3.org/2001/04/xmldsig-more#${name}`,
);
const DIGEST_METHODS: readonly string[] = [
  "http://www.w3.org/2001/04/xmlenc#sha256",
  "http://www.w3.org/2001/04/xmldsig-more#sha384",
  "http://www.w3.org/2001/04/xmlenc#sha512",
];

/** The answer: alone, or as the one member of a collection (WS-Trust 1.3 §4.1). */
function answerIn(root: Element): Element {
  const isTrust = [NAMESPACE.trust2005, NAMESPACE.trust13].some((trust) => root.namespaceURI === trust);
  const answer =
    root.localName === "RequestSecurityTokenResponseCollection"
      ? onlyChild(root, "RequestSecurityTokenResponse")
      : root;
  if (isTrust && answer?.localName === "RequestSecurityTokenResponse") return answer;
  throw new Error("wresult is not one RequestSecurityTokenResponse");
}

function tokenIn(root: Element): Element {
  const holder = onlyChild(answerIn(root), "RequestedSecurityToken");
  const [token, second] = holder === undefined ? [] : elementsOf(holder);
  const isToken = [NAMESPACE.saml1, NAMESPACE.saml2].some(
    (saml) => token !== undefined && isNamed(token, saml, "Assertion"),
  );
  if (token === undefined || !isToken || second !== undefined) {
    throw new Error("wresult does not hold exactly one SAML assertion");
  }
  return token;
}

/** The one signature of the document, which stands directly in the token. */
function signatureIn(root: Element, token: Element): Element {
  const all = root.getElementsByTagNameNS(NAMESPACE.signature, "Signature");
  const own = elementsOf(token).filter((child) => isNamed(child, NAMESPACE.signature, "Signature"));
  const [signature] = own;
  if (signature === undefined) throw new Error("the token is not signed");
  if (own.length > 1 || all.length > 1) throw new Error("there is more than one signature");
  return signature;
}

function oneOf(what: string, element: Element | undefined, allowed: readonly string[]): void {
  const algorithm = attributeOf(element, "Algorithm") ?? "absent";
  if (!allowed.includes(algorithm)) throw new Error(`${what} is ${algorithm}, which is not taken`);
}

/** Algorithms and shape: one reference, to the token itself, with the two transforms of the SAML profile. */
function checkShape(signature: Element, id: string): void {
  const signedInfo = onlyChild(signature, "SignedInfo");
  oneOf("the canonicalization", onlyChild(signedInfo, "CanonicalizationMethod"), [EXCLUSIVE_C14N]);
  oneOf("the signature method", onlyChild(signedInfo, "SignatureMethod"), SIGNATURE_METHODS);
  const reference = onlyChild(signedInfo, "Reference");
  if (attributeOf(reference, "URI") !== `#${id}`) throw new Error("the signature is not that of the token");
  oneOf("the digest method", onlyChild(reference, "DigestMethod"), DIGEST_METHODS);
  const transforms = onlyChild(reference, "Transforms");
  const used = transforms === undefined ? [] : childrenOf(transforms, "Transform");
  if (used.length > 2) throw new Error("the signature has more than two transforms");
  for (const transform of used) oneOf("a transform", transform, [ENVELOPED, EXCLUSIVE_C14N]);
}

function isSaml1(token: Element): boolean {
  return token.namespaceURI === NAMESPACE.saml1;
}

/**
 * Verifies the token in an answer and gives back what its signature covers, parsed anew: nothing else may be read.
 *
 * @param wresult as posted
 * @param certificate PEM; the one that was configured, whatever the signature shows
 * @throws Error with the reason when it is not to be believed
 * @see WS-Federation 1.2 §13.2.3, SAML 1.1 core §5.4, SAML 2.0 core §5.4
 */
export function verifyToken(wresult: string, certificate: string): Element {
  const root = parseToken(wresult);
  const token = tokenIn(root);
  const signature = signatureIn(root, token);
  const idAttribute = isSaml1(token) ? "AssertionID" : "ID";
  const id = attributeOf(token, idAttribute) ?? "";
  if (id === "") throw new Error("the token has no id");
  checkShape(signature, id);
  const verifier = new SignedXml({
    publicCert: certificate,
    getCertFromKeyInfo: () => null,
    // xml-crypto knows `ID`; named once more, one element would count as two of the same id.
    ...(isSaml1(token) ? { idAttribute } : {}),
  });
  verifier.loadSignature(signature);
  if (!verifies(verifier, wresult)) throw new Error("the signature does not verify");
  const [covered, second] = verifier.getSignedReferences();
  if (covered === undefined || second !== undefined)
    throw new Error("the signature covers no single element");
  const signed = parseToken(covered);
  if (isNamed(signed, token.namespaceURI ?? "", "Assertion") && attributeOf(signed, idAttribute) === id) {
    return signed;
  }
  throw new Error("the signature covers something else than the token");
}

/** xml-crypto answers some broken signatures with false, others by throwing. */
function verifies(verifier: SignedXml, xml: string): boolean {
  try {
    return verifier.checkSignature(xml);
  } catch {
    return false;
  }
}
