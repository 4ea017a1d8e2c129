const ROOT = /<(?:[^\s<>!?/:]{1,80}:)?([^\s<>!?/:]{1,80})/y;
const HTML = /<(?:!doctype\s+html|html|head|body|form|input|script|center|div|meta|title|noscript)\b/iy;

const KINDS: ReadonlyMap<string, "saml-response" | "ws-fed-response"> = new Map([
  ["Response", "saml-response"],
  ["RequestSecurityTokenResponse", "ws-fed-response"],
  ["RequestSecurityTokenResponseCollection", "ws-fed-response"],
]);

/** What begins with `<`: one of the artifacts by the name of its root, a page, or something else in XML. */
export type XmlKind = "saml-response" | "ws-fed-response" | "html" | "other";

/**
 * Tells by its root what XML is, without parsing it. A DOCTYPE hides the root from so short a look, and no honest
 * message has one: with it, XML counts as a response, so that the judge refuses it by name.
 */
export function xmlKind(text: string): XmlKind {
  const start = prologEnd(text);
  HTML.lastIndex = start;
  if (HTML.test(text)) return "html";
  if (text.startsWith("<!", start)) return "saml-response";
  ROOT.lastIndex = start;
  return KINDS.get(ROOT.exec(text)?.[1] ?? "") ?? "other";
}

/** Where the prolog ends: after white space, byte order mark, comments and processing instructions. */
function prologEnd(text: string): number {
  let position = 0;
  for (;;) {
    while (/\s/.test(text.charAt(position))) position += 1;
    const closing = text.startsWith("<!--", position) ? "-->" : text.startsWith("<?", position) ? "?>" : "";
    const end = closing === "" ? -1 : text.indexOf(closing, position);
    if (end === -1) return position;
    position = end + closing.length;
  }
}
