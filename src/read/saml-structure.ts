import { SAML_ASSERTION, SAML_PROTOCOL, XML_SIGNATURE } from "../vocabulary/saml-namespaces.ts";
import { allOf, displayName, isNamed, locate, oneOf, type XmlElement } from "./xml-element.ts";
import { Refusal } from "./xml-refusal.ts";

/** A ds:Signature and the element it stands in, which is the one it must sign. */
export interface PlacedSignature {
  readonly signature: XmlElement;
  readonly signed: XmlElement;
}

/** The parts of a response that decide what is read from it. */
export interface MessageParts {
  readonly response: XmlElement;
  readonly assertion: XmlElement | undefined;
  readonly encrypted: XmlElement | undefined;
  /** Outermost first: of the Response, then of the Assertion. */
  readonly signatures: readonly PlacedSignature[];
}

const ID_NAMES: ReadonlySet<string> = new Set(["ID", "Id", "id"]);

interface Visit {
  readonly element: XmlElement;
  readonly parent: XmlElement | undefined;
  /** Whether it stands inside the assertion, and not inside the assertion's signature. */
  readonly inside: boolean;
}

/** Walks without recursion; calls back once for each element. */
function walk(root: XmlElement, assertion: XmlElement | undefined, visit: (place: Visit) => void): void {
  const stack: Visit[] = [{ element: root, parent: undefined, inside: false }];
  for (let place = stack.pop(); place !== undefined; place = stack.pop()) {
    visit(place);
    const { element: parent } = place;
    for (const element of parent.children) {
      if (element.kind !== "element") continue;
      const inside = (place.inside || parent === assertion) && !isSignature(element);
      stack.push({ element, parent, inside });
    }
  }
}

function isSignature(element: XmlElement): boolean {
  return isNamed(element, XML_SIGNATURE, "Signature");
}

function isAssertion(element: XmlElement): boolean {
  return (
    isNamed(element, SAML_ASSERTION, "Assertion") || isNamed(element, SAML_ASSERTION, "EncryptedAssertion")
  );
}

/** Refuses an assertion where no signature over the one that counts covers it: some reader may take it instead. */
function checkAssertionPlace({ element, parent, inside }: Visit, response: XmlElement): void {
  if (!isAssertion(element) || parent === response || inside) return;
  const message = "there is another assertion outside the one of the response; there must be one in all";
  throw new Refusal("structure", locate(element), message);
}

function checkSignaturePlace({ element, parent }: Visit, places: readonly (XmlElement | undefined)[]): void {
  if (!isSignature(element) || (parent !== undefined && places.includes(parent))) return;
  const found = parent === undefined ? "no element" : displayName(parent);
  const message = `a ds:Signature stands in ${found}; it may only be a child of the Response or of its Assertion`;
  throw new Refusal("signature-structure", locate(element), message);
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
 * @see SAML core §5.4.1, Somorovsky et al., On Breaking SAML, 2012
 */
export function dissect(response: XmlElement): MessageParts {
  if (!isNamed(response, SAML_PROTOCOL, "Response")) {
    const message = `the root element is ${displayName(response)}; it must be samlp:Response of SAML 2.0`;
    throw new Refusal("structure", "/*", message);
  }
  const { assertion, encrypted } = assertionOf(response);
  const ids = new Set<string>();
  walk(response, assertion, (place) => {
    collectIds(place.element, ids);
    checkSignaturePlace(place, [response, assertion]);
    checkAssertionPlace(place, response);
  });
  const signatures: PlacedSignature[] = [];
  for (const signed of assertion === undefined ? [response] : [response, assertion]) {
    const signature = oneOf(signed, XML_SIGNATURE, "Signature");
    if (signature !== undefined) signatures.push({ signature, signed });
  }
  return { response, assertion, encrypted, signatures };
}
