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

/** Walks without recursion; calls back once for each element, with its parent. */
function walk(root: XmlElement, visit: (element: XmlElement, parent: XmlElement | undefined) => void): void {
  const stack: { readonly element: XmlElement; readonly parent: XmlElement | undefined }[] = [
    { element: root, parent: undefined },
  ];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    visit(next.element, next.parent);
    for (const child of next.element.children) {
      if (child.kind === "element") stack.push({ element: child, parent: next.element });
    }
  }
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
 * Takes a response apart: one Response as the root, unique IDs, one assertion as its child, and signatures nowhere but
 * as a child of what they sign.
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
  walk(response, (element, parent) => {
    collectIds(element, ids);
    if (!isNamed(element, XML_SIGNATURE, "Signature")) return;
    if (parent !== response && (parent === undefined || parent !== assertion)) {
      const message = `a ds:Signature stands in ${parent === undefined ? "no element" : displayName(parent)}; it may only be a child of the Response or of its Assertion`;
      throw new Refusal("signature-structure", locate(element), message);
    }
  });
  const signatures: PlacedSignature[] = [];
  for (const signed of assertion === undefined ? [response] : [response, assertion]) {
    const signature = oneOf(signed, XML_SIGNATURE, "Signature");
    if (signature !== undefined) signatures.push({ signature, signed });
  }
  return { response, assertion, encrypted, signatures };
}
