import {
  SAML_1_ASSERTION,
  SAML_ASSERTION,
  SAML_PROTOCOL,
  XML_SIGNATURE,
} from "../vocabulary/saml-namespaces.ts";
import { ASSERTION, RESPONSE } from "./saml-paths.ts";
import {
  allOf,
  attributeOf,
  displayName,
  isNamed,
  locate,
  oneOf,
  type XmlElement,
  type XmlNode,
} from "./xml-element.ts";
import { Refusal } from "./xml-refusal.ts";

/** A ds:Signature and the element it stands in, which is the one it must sign. */
export interface PlacedSignature {
  readonly signature: XmlElement;
  readonly signed: XmlElement;
  /** XPath of the element: two signatures of a message must not look like the same one. */
  readonly at: string;
}

/** The parts of a response that decide what is read from it. */
export interface MessageParts {
  readonly response: XmlElement;
  readonly assertion: XmlElement | undefined;
  readonly encrypted: XmlElement | undefined;
  /** Outermost first: of the Response, then of the Assertion. */
  readonly signatures: readonly PlacedSignature[];
}

const ID_NAMES: ReadonlySet<string> = new Set(["ID", "Id", "id", "AssertionID"]);

interface Visit {
  readonly element: XmlElement;
  readonly parent: XmlElement | undefined;
  /** Whether it stands inside the assertion, and not inside a signature. */
  readonly inside: boolean;
  /** Whether it stands inside the Advice of the assertion, and not inside a signature there. */
  readonly advice: boolean;
}

/** Walks without recursion; calls back once for each element. */
function walk(root: XmlElement, assertion: XmlElement | undefined, visit: (place: Visit) => void): void {
  const stack: Visit[] = [{ element: root, parent: undefined, inside: false, advice: false }];
  for (let place = stack.pop(); place !== undefined; place = stack.pop()) {
    visit(place);
    const { element: parent } = place;
    for (const element of parent.children) {
      if (element.kind !== "element") continue;
      const inside = (place.inside || parent === assertion) && !isSignature(element);
      const advises = isAdvice(parent) && place.parent !== undefined && place.parent === assertion;
      const advice = (place.advice || advises) && !isSignature(parent);
      stack.push({ element, parent, inside, advice });
    }
  }
}

/** The ID of an element that may be signed, by the name that its SAML version has for it. */
export function idOf(element: XmlElement): string | undefined {
  return attributeOf(element, element.namespace === SAML_1_ASSERTION ? "AssertionID" : "ID");
}

function isSignature(element: XmlElement): boolean {
  return isNamed(element, XML_SIGNATURE, "Signature");
}

function isAdvice(element: XmlElement): boolean {
  return isNamed(element, SAML_ASSERTION, "Advice") || isNamed(element, SAML_1_ASSERTION, "Advice");
}

function isClearAssertion(element: XmlElement): boolean {
  return isNamed(element, SAML_ASSERTION, "Assertion") || isNamed(element, SAML_1_ASSERTION, "Assertion");
}

function isAssertion(element: XmlElement): boolean {
  return isClearAssertion(element) || isNamed(element, SAML_ASSERTION, "EncryptedAssertion");
}

/** Refuses an assertion where no signature over the one that counts covers it: some reader may take it instead. */
function checkAssertionPlace({ element, parent, inside }: Visit, holder: XmlElement): void {
  if (!isAssertion(element) || parent === holder || inside) return;
  const message = "there is another assertion outside the one that counts; there must be one in all";
  throw new Refusal("structure", locate(element), message);
}

/**
 * Refuses a signature that is over neither what counts nor an assertion in the Advice. The latter is left unread like
 * all of the Advice (SAML core §2.6.1), provided that another signature is over the assertion around it: without one,
 * what looks like Advice is a genuine assertion with a forged one wrapped around it.
 */
function checkSignaturePlace(
  { element, parent, advice }: Visit,
  places: readonly (XmlElement | undefined)[],
): void {
  if (!isSignature(element) || (parent !== undefined && places.includes(parent))) return;
  const covered = places.some((place) => place?.children.some(isSignatureNode));
  if (advice && covered && parent !== undefined && isClearAssertion(parent)) return;
  const found = parent === undefined ? "no element" : displayName(parent);
  const message = `a ds:Signature stands in ${found}; it may only be a child of the Response or of the Assertion`;
  throw new Refusal("signature-structure", locate(element), message);
}

function isSignatureNode(node: XmlNode): boolean {
  return node.kind === "element" && isSignature(node);
}

function collectIds(element: XmlElement, seen: Set<string>): void {
  for (const { local, value } of element.attributes) {
    if (!ID_NAMES.has(local)) continue;
    if (seen.has(value)) {
      const message = `the ID of ${displayName(element)} stands in the message twice; IDs must be unique`;
      throw new Refusal("structure", locate(element), message);
    }
    seen.add(value);
  }
}

/**
 * Holds a message to what tells one reader from another: unique IDs, one assertion and none outside it, signatures
 * nowhere but as a child of what they may sign, and of assertions in the Advice.
 *
 * @param root element of the message
 * @param holder the element that holds the assertion
 * @param assertion the one that counts; absent when it is encrypted or missing
 * @param signable elements that may be signed
 * @throws Refusal of kind `structure` or `signature-structure`
 * @see Somorovsky et al., On Breaking SAML, 2012
 */
export function checkPlaces(
  root: XmlElement,
  holder: XmlElement,
  assertion: XmlElement | undefined,
  signable: readonly (XmlElement | undefined)[],
): void {
  const ids = new Set<string>();
  walk(root, assertion, (place) => {
    collectIds(place.element, ids);
    checkSignaturePlace(place, signable);
    checkAssertionPlace(place, holder);
  });
}

/** The signature of an element, if it has one; two are refused. */
export function signatureOf(signed: XmlElement | undefined, at: string): readonly PlacedSignature[] {
  const signature = signed === undefined ? undefined : oneOf(signed, XML_SIGNATURE, "Signature");
  return signed === undefined || signature === undefined ? [] : [{ signature, signed, at }];
}

/** The one assertion of a response, in clear or encrypted; several are refused. */
export function assertionOf(response: XmlElement): Pick<MessageParts, "assertion" | "encrypted"> {
  const clear = allOf(response, SAML_ASSERTION, "Assertion");
  const encrypted = allOf(response, SAML_ASSERTION, "EncryptedAssertion");
  if (clear.length + encrypted.length > 1) {
    const message = `the response holds ${clear.length + encrypted.length} assertions; it must hold one`;
    throw new Refusal("structure", "/samlp:Response", message);
  }
  return { assertion: clear[0], encrypted: encrypted[0] };
}

/**
 * Takes a response apart: one Response as the root, unique IDs, one assertion as its child and none outside it, and
 * signatures nowhere but as a child of what they sign.
 *
 * @param response root element of the message
 * @throws Refusal of kind `structure` or `signature-structure`
 * @see SAML core §5.4.1
 */
export function dissect(response: XmlElement): MessageParts {
  if (!isNamed(response, SAML_PROTOCOL, "Response")) {
    const message = `the root element is ${displayName(response)}; it must be samlp:Response of SAML 2.0`;
    throw new Refusal("structure", "/*", message);
  }
  const { assertion, encrypted } = assertionOf(response);
  checkPlaces(response, response, assertion, [response, assertion]);
  const signatures = [...signatureOf(response, RESPONSE), ...signatureOf(assertion, ASSERTION)];
  return { response, assertion, encrypted, signatures };
}
