/** An element of plain XML. Names are as they are written, values and texts without references. */
export interface PlainElement {
  readonly name: string;
  /** Namespace declarations among them. */
  readonly attributes: ReadonlyMap<string, string>;
  /** Namespaces in scope, by prefix; the default one under the empty prefix. */
  readonly scope: ReadonlyMap<string, string>;
  readonly children: readonly (PlainElement | string)[];
  /** Where the element begins and ends in the text. */
  readonly start: number;
  readonly end: number;
  /** Where its content begins and ends; undefined: it is written as an empty-element tag. */
  readonly content: { readonly start: number; readonly end: number } | undefined;
}

const START_TAG = /<([A-Za-z_][\w.:-]*)((?: [A-Za-z_][\w.:-]*="[^"<\t\n]*")*)(\/?)>/y;
const TEXT = /[^<]+/y;
const ATTRIBUTE = / ([^=]+)="([^"]*)"/g;
const REFERENCE = /&(?:(amp|lt|gt|quot)|#(9|10|13|133|8232));/g;

/** References of other kinds, and characters that a parser changes or refuses. */
const NOT_PLAIN = /&(?!(?:amp|lt|gt|quot|#(?:9|10|13|133|8232));)|[\r\u0085\u2028]|\]\]>/;

const CHARACTERS: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"' };

const XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace";
const TOP: ReadonlyMap<string, string> = new Map([["xml", XML_NAMESPACE]]);

/** As deep as no document of this emitter is, so that whoever walks it does not run out of stack. */
const DEEPEST = 100;

function unescaped(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(REFERENCE, (_all, name: string | undefined, code: string) =>
    name === undefined ? String.fromCharCode(Number(code)) : (CHARACTERS[name] ?? ""),
  );
}

/** Undefined when one is there twice, which no parser takes. */
function readAttributes(text: string): ReadonlyMap<string, string> | undefined {
  const attributes = new Map<string, string>();
  for (const [, name = "", value = ""] of text.matchAll(ATTRIBUTE)) {
    if (attributes.has(name)) return undefined;
    attributes.set(name, unescaped(value));
  }
  return attributes;
}

/** The prefix of a name, empty when it has none. */
export function prefixOf(name: string): string {
  const colon = name.indexOf(":");
  return colon < 0 ? "" : name.slice(0, colon);
}

/** The prefix that an attribute declares a namespace for; undefined: it declares none. */
export function declaredPrefix(name: string): string | undefined {
  if (name === "xmlns") return "";
  return name.startsWith("xmlns:") ? name.slice("xmlns:".length) : undefined;
}

function scopeWith(
  attributes: ReadonlyMap<string, string>,
  outer: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const own = [...attributes].flatMap(([name, value]) => {
    const prefix = declaredPrefix(name);
    return prefix === undefined ? [] : [[prefix, value] as const];
  });
  return own.length === 0 ? outer : new Map([...outer, ...own]);
}

/** Whether a name has at most one colon, and a prefix that stands for a namespace. */
function isNamed(name: string, scope: ReadonlyMap<string, string>): boolean {
  const prefix = prefixOf(name);
  if (name.indexOf(":") !== name.lastIndexOf(":") || name.endsWith(":")) return false;
  return prefix === "" || (scope.get(prefix) ?? "") !== "";
}

type Tag = Pick<PlainElement, "name" | "attributes" | "scope">;

function isSound({ name, attributes, scope }: Tag): boolean {
  const names = [...attributes.keys()].filter((each) => declaredPrefix(each) === undefined);
  const named = [name, ...names].every((each) => isNamed(each, scope));
  return named && scope.get("xml") === XML_NAMESPACE && !scope.has("xmlns");
}

function matchAt(pattern: RegExp, xml: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(xml);
}

/** Where something is read: this far inside of the document, among these namespaces. */
interface Position {
  readonly at: number;
  readonly depth: number;
  readonly scope: ReadonlyMap<string, string>;
}

function readElement(xml: string, { at, depth, scope: outer }: Position): PlainElement | undefined {
  const [whole = "", name = "", written = "", empty = ""] = matchAt(START_TAG, xml, at) ?? [];
  const attributes = readAttributes(written);
  if (whole === "" || attributes === undefined || depth > DEEPEST) return undefined;
  const tag = { name, attributes, scope: scopeWith(attributes, outer) };
  if (!isSound(tag)) return undefined;
  const end = at + whole.length;
  if (empty !== "") return { ...tag, children: [], start: at, end, content: undefined };
  const read = readContent(xml, name, { at: end, depth, scope: tag.scope });
  return read === undefined ? undefined : { ...tag, start: at, ...read };
}

function readContent(
  xml: string,
  name: string,
  { at: start, depth, scope }: Position,
): Pick<PlainElement, "children" | "content" | "end"> | undefined {
  const children: (PlainElement | string)[] = [];
  const endTag = `</${name}>`;
  let at = start;
  while (!xml.startsWith(endTag, at)) {
    const [text] = matchAt(TEXT, xml, at) ?? [];
    const child = text ?? readElement(xml, { at, depth: depth + 1, scope });
    if (child === undefined) return undefined;
    children.push(typeof child === "string" ? unescaped(child) : child);
    at = typeof child === "string" ? at + child.length : child.end;
  }
  return { children, content: { start, end: at }, end: at + endTag.length };
}

/**
 * Reads XML as this emitter writes it: elements, attributes in double quotes, texts, and the references that `escapeXml`
 * makes.
 *
 * @returns undefined for everything else, be it good XML or none: a parser has to look at it
 */
export function readPlainXml(xml: string): PlainElement | undefined {
  if (NOT_PLAIN.test(xml)) return undefined;
  const root = readElement(xml, { at: 0, depth: 0, scope: TOP });
  return root?.end === xml.length ? root : undefined;
}
