import { DOMParser } from "@xmldom/xmldom";

/** Namespaces of what a federated domain reads. */
export const NAMESPACE = {
  trust2005: "http://schemas.xmlsoap.org/ws/2005/02/trust",
  trust13: "http://docs.oasis-open.org/ws-sx/ws-trust/200512",
  saml1: "urn:oasis:names:tc:SAML:1.0:assertion",
  saml2: "urn:oasis:names:tc:SAML:2.0:assertion",
  signature: "http://www.w3.org/2000/09/xmldsig#",
} as const;

function refuse(message: string): never {
  throw new Error(`the XML is not well-formed: ${message.split("\n")[0] ?? ""}`);
}

/**
 * Parses XML and returns its root. A document type declaration is refused before anything is read: it could change what
 * the rest says.
 *
 * @throws Error when it is not well-formed
 */
export function parseToken(xml: string): Element {
  if (/<!DOCTYPE/i.test(xml)) throw new Error("the XML has a document type declaration");
  const errorHandler = { warning: refuse, error: refuse, fatalError: refuse };
  const document = new DOMParser({ errorHandler }).parseFromString(xml, "text/xml");
  // Text alone has no root, whatever the type says.
  const root: Element | undefined = document.documentElement ?? undefined;
  return root ?? refuse("there is no element");
}

function isElement(node: Node): node is Element {
  return node.nodeType === 1;
}

/** Element children, in their order. */
export function elementsOf(parent: Element): readonly Element[] {
  const found: Element[] = [];
  for (let node = parent.firstChild; node !== null; node = node.nextSibling) {
    if (isElement(node)) found.push(node);
  }
  return found;
}

/** Whether an element has this name in this namespace. */
export function isNamed(element: Element, namespace: string, localName: string): boolean {
  return element.namespaceURI === namespace && element.localName === localName;
}

/** Children of an element with this name in the element's own namespace; nothing deeper. */
export function childrenOf(parent: Element, localName: string): readonly Element[] {
  const { namespaceURI } = parent;
  return elementsOf(parent).filter((child) => isNamed(child, namespaceURI ?? "", localName));
}

/** The one such child; undefined when there is none or more than one. */
export function onlyChild(parent: Element | undefined, localName: string): Element | undefined {
  const found = parent === undefined ? [] : childrenOf(parent, localName);
  return found.length === 1 ? found[0] : undefined;
}

/**
 * The whole text of an element that holds nothing but text.
 *
 * @throws Error when something else stands in it: a comment or an element splits a value for some readers
 */
export function textOf(element: Element): string {
  for (let node = element.firstChild; node !== null; node = node.nextSibling) {
    if (node.nodeType !== 3) throw new Error(`${element.localName} holds something else than text`);
  }
  return element.textContent ?? "";
}

/** An attribute's value; xmldom gives an empty string for one that is absent. */
export function attributeOf(element: Element | undefined, name: string): string | undefined {
  return element?.hasAttribute(name) === true ? (element.getAttribute(name) ?? undefined) : undefined;
}
