import { DOMParser } from "@xmldom/xmldom";

/** Namespaces of SAML 2.0: assertions, protocol messages, metadata; and of XML signatures. */
const NAMESPACE = {
  assertion: "urn:oasis:names:tc:SAML:2.0:assertion",
  protocol: "urn:oasis:names:tc:SAML:2.0:protocol",
  metadata: "urn:oasis:names:tc:SAML:2.0:metadata",
  signature: "http://www.w3.org/2000/09/xmldsig#",
} as const;

type Namespace = keyof typeof NAMESPACE;

/**
 * Parses XML and returns its root.
 *
 * @throws Error when it is not well-formed
 */
export function parseRoot(xml: string): Element {
  const errorHandler = { warning: refuse, error: refuse, fatalError: refuse };
  return new DOMParser({ errorHandler }).parseFromString(xml, "text/xml").documentElement;
}

function refuse(message: string): never {
  throw new Error(`the XML is not well-formed: ${message.split("\n")[0] ?? ""}`);
}

/** Children of an element with this name, in this namespace; nothing deeper. */
export function childrenOf(
  parent: Element | undefined,
  namespace: Namespace,
  localName: string,
): readonly Element[] {
  const found: Element[] = [];
  for (let node = parent?.firstChild ?? null; node !== null; node = node.nextSibling) {
    if (isElement(node) && node.namespaceURI === NAMESPACE[namespace] && node.localName === localName) {
      found.push(node);
    }
  }
  return found;
}

/** The one such child; undefined when there is none or more than one. */
export function onlyChild(
  parent: Element | undefined,
  namespace: Namespace,
  localName: string,
): Element | undefined {
  const found = childrenOf(parent, namespace, localName);
  return found.length === 1 ? found[0] : undefined;
}

/** Whole text of an element, untrimmed. */
export function textOf(element: Element | undefined): string | undefined {
  return element?.textContent ?? undefined;
}

/** An attribute's value; xmldom gives an empty string for one that is absent. */
export function attributeOf(element: Element | undefined, name: string): string | undefined {
  return element?.hasAttribute(name) === true ? (element.getAttribute(name) ?? undefined) : undefined;
}

function isElement(node: Node): node is Element {
  return node.nodeType === 1;
}
