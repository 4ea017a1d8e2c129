const ROOT = /<(?:[^\s<>!?/:]{1,80}:)?([^\s<>!?/:]{1,80})/y;
const HTML = /<(?:!doctype\s+html|html|head|body|form|input|script|center|div|meta|title|noscript)\b/iy;
const DOCTYPE = /<!DOCTYPE/iy;
/** What counts in a DOCTYPE as far as its end is concerned: what is quoted or a comment holds no bracket. */
const DOCTYPE_PART = /["'[\]>]|<!--/g;
const CLOSING: Readonly<Record<string, string>> = { '"': '"', "'": "'", "<!--": "-->" };

const KINDS: ReadonlyMap<string, "saml-response" | "ws-fed-response"> = new Map([
  ["Response", "saml-response"],
  ["RequestSecurityTokenResponse", "ws-fed-response"],
  ["RequestSecurityTokenResponseCollection", "ws-fed-response"],
]);

/** Other XML has a root of the name Response, too: that of SAML is in its namespaces, or says so by its prefix. */
const SAML = /^<saml[^\s:<>]{0,20}:|urn:oasis:names:tc:SAML:2\.0:/;

/** What begins with `<`: one of the artifacts by the name of its root, a page, or something else in XML. */
export type XmlKind = "saml-response" | "ws-fed-response" | "html" | "other";

/** Tells by its root what XML is, without parsing it. */
export function xmlKind(text: string): XmlKind {
  const start = prologEnd(text);
  HTML.lastIndex = start;
  if (HTML.test(text)) return "html";
  const kind = KINDS.get(rootAt(text, start) ?? "") ?? "other";
  return kind === "saml-response" && !SAML.test(text.slice(start)) ? "other" : kind;
}

/** The local name of the root of XML; undefined when there is none. */
export function xmlRoot(text: string): string | undefined {
  return rootAt(text, prologEnd(text));
}

function rootAt(text: string, start: number): string | undefined {
  ROOT.lastIndex = start;
  return ROOT.exec(text)?.[1];
}

/** Where a prolog that begins at `start` ends: after white space, byte order mark, comments, processing instructions and a DOCTYPE. */
export function prologEnd(text: string, start = 0): number {
  let position = start;
  for (;;) {
    while (/\s/.test(text.charAt(position))) position += 1;
    const end = partEnd(text, position);
    if (end === undefined) return position;
    position = end;
  }
}

function partEnd(text: string, start: number): number | undefined {
  if (text.startsWith("<!--", start)) return after(text, "-->", start);
  if (text.startsWith("<?", start)) return after(text, "?>", start);
  DOCTYPE.lastIndex = start;
  HTML.lastIndex = start;
  return DOCTYPE.test(text) && !HTML.test(text) ? doctypeEnd(text, start) : undefined;
}

function after(text: string, closing: string, start: number): number | undefined {
  const end = text.indexOf(closing, start);
  return end === -1 ? undefined : end + closing.length;
}

function doctypeEnd(text: string, start: number): number | undefined {
  let depth = 0;
  DOCTYPE_PART.lastIndex = start;
  for (let match = DOCTYPE_PART.exec(text); match !== null; match = DOCTYPE_PART.exec(text)) {
    const [part] = match;
    const closing = CLOSING[part];
    if (closing !== undefined) {
      const end = after(text, closing, DOCTYPE_PART.lastIndex);
      if (end === undefined) return undefined;
      DOCTYPE_PART.lastIndex = end;
    } else if (part === "[") depth += 1;
    else if (part === "]") depth -= 1;
    else if (depth <= 0) return DOCTYPE_PART.lastIndex;
  }
  return undefined;
}
