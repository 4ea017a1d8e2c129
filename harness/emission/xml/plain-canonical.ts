import { declaredPrefix, type PlainElement, prefixOf } from "./plain-xml.ts";

type Namespaces = ReadonlyMap<string, string>;

const IN_TEXT: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#xD;" };
const IN_ATTRIBUTE: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  '"': "&quot;",
  "\t": "&#x9;",
  "\n": "&#xA;",
  "\r": "&#xD;",
};

function text(value: string): string {
  return value.replace(/[&<>\r]/g, (character) => IN_TEXT[character] ?? "");
}

function attribute(name: string, value: string): string {
  return ` ${name}="${value.replace(/[&<"\t\n\r]/g, (character) => IN_ATTRIBUTE[character] ?? "")}"`;
}

function byFirst([one]: readonly [string, string], [other]: readonly [string, string]): number {
  return one < other ? -1 : Number(one > other);
}

/** A name as attributes are sorted by: its namespace, then its local part. XML C14N 1.0 §2.2. */
function sortKey(name: string, scope: Namespaces): string {
  const prefix = prefixOf(name);
  return prefix === "" ? `\u0000${name}` : `${scope.get(prefix) ?? ""}\u0000${name.slice(prefix.length + 1)}`;
}

/** Namespaces that the element itself makes use of and that no element around it has rendered. Exclusive C14N §3. */
function namespacesToRender(
  { name, scope }: PlainElement,
  attributes: readonly (readonly [string, string])[],
  rendered: Namespaces,
): readonly (readonly [string, string])[] {
  const prefixes = attributes.map(([each]) => prefixOf(each)).filter((prefix) => prefix !== "");
  return [...new Set([prefixOf(name), ...prefixes])]
    .filter((prefix) => prefix !== "xml" && (scope.get(prefix) ?? "") !== (rendered.get(prefix) ?? ""))
    .map((prefix) => [prefix, scope.get(prefix) ?? ""] as const)
    .toSorted(byFirst);
}

function write(element: PlainElement, outer: Namespaces): string {
  const { name, scope, children } = element;
  const attributes = [...element.attributes].filter(([each]) => declaredPrefix(each) === undefined);
  const namespaces = namespacesToRender(element, attributes, outer);
  const rendered = namespaces.length === 0 ? outer : new Map([...outer, ...namespaces]);
  const declared = namespaces.map(([prefix, uri]) =>
    attribute(prefix === "" ? "xmlns" : `xmlns:${prefix}`, uri),
  );
  const sorted = attributes
    .map(([each, value]) => [sortKey(each, scope), attribute(each, value)] as const)
    .toSorted(byFirst)
    .map(([, written]) => written);
  const content = children.map((child) => (typeof child === "string" ? text(child) : write(child, rendered)));
  return `<${name}${declared.join("")}${sorted.join("")}>${content.join("")}</${name}>`;
}

/**
 * The canonical form of an element, as if it stood alone.
 *
 * @see Exclusive XML Canonicalization 1.0, without comments
 */
export function canonicalPlainXml(element: PlainElement): string {
  return write(element, new Map());
}
