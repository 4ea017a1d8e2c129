import { XML_PREFIX } from "../vocabulary/saml-namespaces.ts";
import {
  isBlank,
  lookUp,
  passedOn,
  type NamespaceScope,
  type XmlAttribute,
  type XmlElement,
  type XmlNode,
} from "./xml-element.ts";
import { Refusal } from "./xml-refusal.ts";

const MAX_NODES = 100_000;
const MAX_NAMESPACES_IN_SCOPE = 64;
const ABSOLUTE_URI = /^[A-Za-z][A-Za-z0-9+.-]*:/;
const ENTITY = /&[^;]*;?/g;
const ATTRIBUTE_NAME = /^[^\s<>"'=/&]+$/;
const NOTHING: readonly XmlAttribute[] = [];
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["&amp;", "&"],
  ["&lt;", "<"],
  ["&gt;", ">"],
  ["&quot;", '"'],
  ["&#9;", "\t"],
  ["&#10;", "\n"],
  ["&#13;", "\r"],
  ["&#x9;", "\t"],
  ["&#xA;", "\n"],
  ["&#xD;", "\r"],
]);

interface OpenElement {
  readonly element: XmlElement;
  readonly name: string;
  readonly passedOn: readonly XmlAttribute[];
  readonly children: XmlNode[];
}

interface Cursor {
  readonly text: string;
  position: number;
  nodes: number;
}

function malformed(message: string): Refusal {
  return new Refusal("malformed", "", message);
}

function decode(raw: string): string {
  if (!raw.includes("&")) return raw;
  return raw.replace(ENTITY, (entity) => {
    const character = ENTITIES.get(entity);
    if (character === undefined) throw malformed("unexpected entity reference");
    return character;
  });
}

function endOf(cursor: Cursor, marker: string, from: number): number {
  const end = cursor.text.indexOf(marker, from);
  if (end === -1) throw malformed(`"${marker}" is missing`);
  return end;
}

function declare(scope: NamespaceScope | undefined, prefix: string, uri: string): NamespaceScope {
  const size = (scope?.size ?? 0) + 1;
  if (size > MAX_NAMESPACES_IN_SCOPE) {
    throw new Refusal(
      "too-large",
      "",
      `more than ${MAX_NAMESPACES_IN_SCOPE} namespaces are in scope at once`,
    );
  }
  // Canonical XML §1.3: a relative namespace URI has no canonical form.
  if (uri !== "" && !ABSOLUTE_URI.test(uri)) throw malformed("a namespace URI is relative");
  return { prefix, uri, outer: scope, size };
}

function namespaceOf(scope: NamespaceScope | undefined, prefix: string): string {
  if (prefix === "xml") return XML_PREFIX;
  const uri = lookUp(scope, prefix);
  if (uri !== undefined) return uri;
  if (prefix !== "") throw malformed(`the prefix "${prefix}" is not declared`);
  return "";
}

function split(name: string): { readonly prefix: string; readonly local: string } {
  const colon = name.indexOf(":");
  return colon === -1
    ? { prefix: "", local: name }
    : { prefix: name.slice(0, colon), local: name.slice(colon + 1) };
}

function nameEnd({ text }: Cursor, from: number): number {
  for (let position = from; position < text.length; position += 1) {
    const character = text.charAt(position);
    if (character === " " || character === ">" || character === "/") return position;
  }
  throw malformed("a tag has no end");
}

function readPairs(cursor: Cursor): readonly (readonly [name: string, value: string])[] {
  const pairs: [string, string][] = [];
  while (cursor.text.charAt(cursor.position) === " ") {
    const equals = endOf(cursor, '="', cursor.position);
    const name = cursor.text.slice(cursor.position + 1, equals);
    if (!ATTRIBUTE_NAME.test(name)) throw malformed("an attribute is not in normal form");
    const close = endOf(cursor, '"', equals + 2);
    pairs.push([name, decode(cursor.text.slice(equals + 2, close))]);
    cursor.position = close + 1;
    count(cursor);
  }
  return pairs;
}

function count(cursor: Cursor): void {
  cursor.nodes += 1;
  if (cursor.nodes > MAX_NODES) {
    throw new Refusal("too-large", "", `more than ${MAX_NODES} elements, attributes and comments`);
  }
}

function attributesFrom(
  pairs: readonly (readonly [name: string, value: string])[],
  scope: NamespaceScope | undefined,
): readonly XmlAttribute[] {
  const attributes: XmlAttribute[] = [];
  for (const [name, value] of pairs) {
    if (name === "xmlns" || name.startsWith("xmlns:")) continue;
    const { prefix, local } = split(name);
    attributes.push({ prefix, local, namespace: prefix === "" ? "" : namespaceOf(scope, prefix), value });
  }
  return attributes;
}

function openTag(cursor: Cursor, parent: OpenElement | undefined): OpenElement {
  count(cursor);
  const end = nameEnd(cursor, cursor.position + 1);
  const name = cursor.text.slice(cursor.position + 1, end);
  cursor.position = end;
  const pairs = readPairs(cursor);
  let scope = parent?.element.scope;
  for (const [attribute, value] of pairs) {
    if (attribute === "xmlns") scope = declare(scope, "", value);
    else if (attribute.startsWith("xmlns:")) scope = declare(scope, attribute.slice(6), value);
  }
  const { prefix, local } = split(name);
  const children: XmlNode[] = [];
  const attributes = attributesFrom(pairs, scope);
  const namespace = namespaceOf(scope, prefix);
  if (cursor.text.charAt(cursor.position) !== ">") throw malformed("a tag has no end");
  cursor.position += 1;
  const inherited = parent?.passedOn ?? NOTHING;
  return {
    name,
    children,
    passedOn: passedOn({ attributes, inherited }),
    element: { kind: "element", prefix, local, namespace, attributes, scope, inherited, children },
  };
}

function readText(cursor: Cursor, end: number, parent: OpenElement | undefined): void {
  const raw = cursor.text.slice(cursor.position, end);
  cursor.position = end;
  if (parent === undefined) {
    if (!isBlank(raw)) throw malformed("text stands outside the root element");
    return;
  }
  parent.children.push({ kind: "text", value: decode(raw) });
}

function readComment(cursor: Cursor, parent: OpenElement | undefined): void {
  if (!cursor.text.startsWith("<!--", cursor.position)) throw malformed("unexpected markup");
  count(cursor);
  const end = endOf(cursor, "-->", cursor.position + 4);
  parent?.children.push({ kind: "comment", value: cursor.text.slice(cursor.position + 4, end) });
  cursor.position = end + 3;
}

function closeTag(cursor: Cursor, open: OpenElement | undefined): void {
  const end = endOf(cursor, ">", cursor.position);
  if (open === undefined || cursor.text.slice(cursor.position + 2, end) !== open.name) {
    throw malformed("an end tag does not match its start tag");
  }
  cursor.position = end + 1;
}

function refuseInstruction(): never {
  throw new Refusal("structure", "", "a processing instruction stands in the message; none may");
}

/**
 * Reads XML in its normal form into a tree, in linear time and without recursion.
 *
 * The normal form is what the strict parser writes out again and what canonicalisation yields: double quotes, one
 * space between attributes, an end tag for each start tag, no CDATA, no entity but the five of XML and the
 * references for tab, line feed and carriage return. Anything else is refused.
 *
 * @param text normal form of one document
 * @throws Refusal when it is not in normal form, holds a processing instruction, or is over a limit
 */
export function readXml(text: string): XmlElement {
  const cursor: Cursor = { text, position: 0, nodes: 0 };
  const stack: OpenElement[] = [];
  let root: XmlElement | undefined;
  while (cursor.position < text.length) {
    const open = stack.at(-1);
    const tag = text.indexOf("<", cursor.position);
    const end = tag === -1 ? text.length : tag;
    if (end > cursor.position) readText(cursor, end, open);
    if (tag === -1) break;
    const mark = text.charAt(tag + 1);
    if (mark === "!") readComment(cursor, open);
    else if (mark === "?") refuseInstruction();
    else if (mark === "/") closeTag(cursor, stack.pop());
    else {
      if (open === undefined && root !== undefined) throw malformed("there is more than one root element");
      const opened = openTag(cursor, open);
      root ??= opened.element;
      open?.children.push(opened.element);
      stack.push(opened);
    }
  }
  if (root === undefined || stack.length > 0) throw malformed("the document is not complete");
  return root;
}
