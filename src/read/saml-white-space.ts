import type { PlacedSignature } from "./saml-structure.ts";
import type { XmlElement, XmlNode } from "./xml-element.ts";

/** How white space that a formatter may have added is taken out again. */
type Removal = (element: XmlElement) => readonly XmlNode[];

function isBlank(node: XmlNode): boolean {
  return node.kind === "text" && node.value.trim() === "";
}

/** Takes out white space between elements: what `xmllint --format` and editors add. */
const betweenElements: Removal = ({ children }) =>
  children.some(({ kind }) => kind === "element") ? children.filter((child) => !isBlank(child)) : children;

/** The same, and white space around the text of an element, which some viewers put on a line of its own. */
const aroundTextToo: Removal = (element) =>
  betweenElements(element).map((child) =>
    child.kind === "text" ? { ...child, value: child.value.trim() } : child,
  );

/** A formatter has to stop somewhere: a deeper message is not put together again. */
const MAX_DEPTH = 200;

function rebuilt(
  element: XmlElement,
  removal: Removal,
  kept: Map<XmlElement, XmlElement>,
  depth: number,
): XmlElement {
  const children = removal(element).map((child) =>
    child.kind === "element" && depth < MAX_DEPTH ? rebuilt(child, removal, kept, depth + 1) : child,
  );
  const copy = { ...element, children };
  kept.set(element, copy);
  return copy;
}

/**
 * A signature and what it signs as they may have been before somebody formatted the message: to find out why it fails,
 * never to believe it.
 */
export function withoutFormatting({ signed, signature, at }: PlacedSignature): readonly PlacedSignature[] {
  return [betweenElements, aroundTextToo].flatMap((removal) => {
    const kept = new Map<XmlElement, XmlElement>();
    const copy = rebuilt(signed, removal, kept, 0);
    const own = kept.get(signature);
    return own === undefined ? [] : [{ signed: copy, signature: own, at }];
  });
}
