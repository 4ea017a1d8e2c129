import {
  SAML_1_ASSERTION,
  SAML_ASSERTION,
  SAML_METADATA,
  SAML_PROTOCOL,
  SCHEMA_INSTANCE,
  WS_TRUST,
  WS_TRUST_13,
  XML_ENCRYPTION,
  XML_SIGNATURE,
} from "../vocabulary/saml-namespaces.ts";
import { Refusal } from "./xml-refusal.ts";

/** One namespace declaration and all that are in scope around it, innermost first. */
export interface NamespaceScope {
  readonly prefix: string;
  readonly uri: string;
  readonly outer: NamespaceScope | undefined;
  /** How many declarations the list holds. */
  readonly size: number;
}

/** One attribute; namespace declarations are not attributes. */
export interface XmlAttribute {
  readonly prefix: string;
  readonly local: string;
  readonly namespace: string;
  readonly value: string;
}

/** A run of text. */
interface XmlText {
  readonly kind: "text";
  readonly value: string;
}

/** A comment. */
interface XmlComment {
  readonly kind: "comment";
  readonly value: string;
}

/** An element with its expanded name and the namespaces in scope. */
export interface XmlElement {
  readonly kind: "element";
  readonly prefix: string;
  readonly local: string;
  readonly namespace: string;
  readonly attributes: readonly XmlAttribute[];
  readonly scope: NamespaceScope | undefined;
  /** Attributes of the namespace `xml` on the elements around it, the innermost of each name. */
  readonly inherited: readonly XmlAttribute[];
  readonly children: readonly XmlNode[];
}

/** What an element may hold: no processing instruction ever gets this far. */
export type XmlNode = XmlElement | XmlText | XmlComment;

const CONVENTIONAL_PREFIXES: ReadonlyMap<string, string> = new Map([
  [SAML_PROTOCOL, "samlp:"],
  [SAML_ASSERTION, "saml:"],
  [SAML_1_ASSERTION, "saml:"],
  [WS_TRUST, "t:"],
  [WS_TRUST_13, "t:"],
  [XML_ENCRYPTION, "xenc:"],
  [SAML_METADATA, "md:"],
  [XML_SIGNATURE, "ds:"],
]);

/** URI that a prefix stands for; undefined when it is not declared. */
export function lookUp(scope: NamespaceScope | undefined, prefix: string): string | undefined {
  for (let entry = scope; entry !== undefined; entry = entry.outer) {
    if (entry.prefix === prefix) return entry.uri;
  }
  return undefined;
}

/** The name of an element with the prefix that the specifications use, whatever the message uses. */
export function displayName({ namespace, prefix, local }: XmlElement): string {
  return `${CONVENTIONAL_PREFIXES.get(namespace) ?? (prefix === "" ? "" : `${prefix}:`)}${local}`;
}

/** An XPath for an element: findable, if not always unique. */
export function locate(element: XmlElement): string {
  return `//${displayName(element)}`;
}

/** Whether an element has this expanded name. */
export function isNamed(element: XmlElement, namespace: string, local: string): boolean {
  return element.local === local && element.namespace === namespace;
}

/** What the elements inside one inherit of the namespace `xml`. */
export function passedOn({
  attributes,
  inherited,
}: Pick<XmlElement, "attributes" | "inherited">): readonly XmlAttribute[] {
  // Nearly always, and for each element of each message.
  if (!attributes.some(({ prefix }) => prefix === "xml")) return inherited;
  const own = attributes.filter(({ prefix }) => prefix === "xml");
  return [...own, ...inherited.filter(({ local }) => own.every((each) => each.local !== local))];
}

/** Whether a text is nothing but what XML takes for white space; JavaScript takes more for it (XML §2.3). */
export function isBlank(text: string): boolean {
  return /^[ \t\r\n]*$/.test(text);
}

/** Child elements, in order. */
export function elementsOf(parent: XmlElement): readonly XmlElement[] {
  return parent.children.filter((child) => child.kind === "element");
}

/** Child elements of one expanded name, in order. */
export function allOf(parent: XmlElement, namespace: string, local: string): readonly XmlElement[] {
  return elementsOf(parent).filter((child) => isNamed(child, namespace, local));
}

/** The child element of that name, if there is one; two of them are refused. */
export function oneOf(parent: XmlElement, namespace: string, local: string): XmlElement | undefined {
  const [first, second] = allOf(parent, namespace, local);
  if (second !== undefined) {
    const message = `${displayName(parent)} has more than one ${displayName(second)}; at most one may stand there`;
    throw new Refusal("structure", locate(second), message);
  }
  return first;
}

/** Value of an attribute without a namespace. */
export function attributeOf(element: XmlElement, local: string): string | undefined {
  return element.attributes.find((each) => each.local === local && each.namespace === "")?.value;
}

/** Whether `xsi:nil` says that the element has no value (XML Schema part 1 §2.6.2). */
export function isNil(element: XmlElement): boolean {
  const nil = element.attributes.find((each) => each.local === "nil" && each.namespace === SCHEMA_INSTANCE);
  return nil !== undefined && /^\s*(?:true|1)\s*$/.test(nil.value);
}

/** The whole text of an element that holds text only; a comment or an element inside it is refused. */
export function textOf(element: XmlElement, kind: "structure" | "signature-structure" = "structure"): string {
  let text = "";
  for (const child of element.children) {
    if (child.kind !== "text") {
      const found = child.kind === "comment" ? "a comment" : `the element ${displayName(child)}`;
      const message = `${displayName(element)} holds ${found}; its value must be one piece of text`;
      throw new Refusal(kind, locate(element), message);
    }
    text += child.value;
  }
  return text;
}
