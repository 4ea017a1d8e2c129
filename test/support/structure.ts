import { DOMParser } from "@xmldom/xmldom";

/** What a message says, place by place: JSON Pointers of a token, paths of elements and attributes of XML. */
export type Structure = ReadonlyMap<string, string>;

function flatten(value: unknown, path: string, into: Map<string, string>): void {
  const members = typeof value === "object" && value !== null ? Object.entries(value) : [];
  if (members.length === 0) into.set(path, JSON.stringify(value));
  for (const [name, member] of members) flatten(member, `${path}/${name}`, into);
}

function decoded(segment: string): unknown {
  const text = Buffer.from(segment, "base64url").toString("utf8");
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return text;
  }
}

function tokenStructure(jwt: string): Structure {
  const [header = "", claims = ""] = jwt.split(".");
  const into = new Map<string, string>();
  flatten(decoded(header), "/header", into);
  flatten(decoded(claims), "/claims", into);
  return into;
}

/** Follows from what was signed, so a change there is no change of its own. */
const DERIVED = ["DigestValue", "SignatureValue"];

const ELEMENT = 1;
const TEXTS = [3, 4];
const ASIDES = [7, 8];

function isElement(node: Node): node is Element {
  return node.nodeType === ELEMENT;
}

function valuesOf(children: readonly Node[], types: readonly number[]): string {
  return children
    .filter(({ nodeType }) => types.includes(nodeType))
    .map(({ nodeValue }) => nodeValue)
    .join("");
}

function elementStructure(element: Element, path: string, into: Map<string, string>): void {
  into.set(path, element.namespaceURI ?? "");
  for (const { name, value } of Array.from(element.attributes)) into.set(`${path}/@${name}`, value);
  const children = Array.from(element.childNodes);
  const own = valuesOf(children, TEXTS).trim();
  if (own !== "" && !DERIVED.includes(element.localName)) into.set(`${path}/text()`, own);
  const asides = valuesOf(children, ASIDES);
  if (asides !== "") into.set(`${path}/comment()`, asides);
  const counts = new Map<string, number>();
  for (const child of children.filter(isElement)) {
    const count = (counts.get(child.localName) ?? 0) + 1;
    counts.set(child.localName, count);
    elementStructure(child, `${path}/${child.localName}[${count}]`, into);
  }
}

function xmlStructure(xml: string): Structure {
  const into = new Map<string, string>();
  const errorHandler = { warning: () => undefined, error: () => undefined, fatalError: () => undefined };
  const root = new DOMParser({ errorHandler }).parseFromString(xml, "text/xml").documentElement;
  // The type says that there always is one; for what is no XML there is none.
  const found: Element | undefined = root ?? undefined;
  if (found === undefined) into.set("/text()", xml);
  else elementStructure(found, `/${found.localName}[1]`, into);
  return into;
}

/** Takes a message apart: a compact JWS, or XML. */
export function structureOf(artifact: string): Structure {
  return artifact.startsWith("<") ? xmlStructure(artifact) : tokenStructure(artifact);
}

/** Takes a JSON document apart. */
export function jsonStructure(text: string): Structure {
  const into = new Map<string, string>();
  flatten(decoded(Buffer.from(text).toString("base64url")), "", into);
  return into;
}

/** Places where two messages differ. */
export function differences(one: Structure, other: Structure): readonly string[] {
  const places = new Set([...one.keys(), ...other.keys()]);
  return [...places].filter((place) => one.get(place) !== other.get(place));
}
