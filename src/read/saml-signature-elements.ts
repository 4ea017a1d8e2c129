import { XML_SIGNATURE } from "../vocabulary/saml-namespaces.ts";
import {
  attributeOf,
  displayName,
  elementsOf,
  isBlank,
  isNamed,
  locate,
  type XmlElement,
} from "./xml-element.ts";
import { Refusal } from "./xml-refusal.ts";

/** The refusal of a signature that does not keep to the SAML profile. */
export function broken(element: XmlElement, message: string): Refusal {
  return new Refusal("signature-structure", locate(element), message);
}

/** The child elements, which must be exactly these ds: elements in this order; text between them must be blank. */
export function childrenNamed(parent: XmlElement, names: readonly string[]): readonly XmlElement[] {
  const children = elementsOf(parent);
  const fits =
    children.length === names.length &&
    children.every((child, index) => isNamed(child, XML_SIGNATURE, names[index] ?? ""));
  const stray = parent.children.some((child) => child.kind === "text" && !isBlank(child.value));
  if (!fits || stray) {
    const found = children.map((child) => displayName(child)).join(", ") || "nothing";
    const wanted = names.map((name) => `ds:${name}`).join(", ");
    throw broken(parent, `${displayName(parent)} holds ${found}; it must hold exactly ${wanted}`);
  }
  return children;
}

/** The Algorithm that an element names. */
export function algorithmOf(element: XmlElement): string {
  return attributeOf(element, "Algorithm") ?? "";
}

/** Refuses an algorithm with parameters. */
export function withoutChildren(element: XmlElement): void {
  if (element.children.some((child) => child.kind === "element")) {
    throw broken(element, `${displayName(element)} has parameters; none are allowed`);
  }
}
