import { partOf, type Piece } from "./found-artifact.ts";
import { openXml } from "./open-xml.ts";
import { replaceReferences } from "./references.ts";
import { xmlKind } from "./xml-kind.ts";

const ATTRIBUTE = /[\s/]*([^\s=>/"']{1,80})\s{0,80}(?:=\s{0,80}(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?/y;

/**
 * Takes a page apart into the fields of its forms, which is how a response reaches a partner app by way of the browser;
 * one without fields into what it shows.
 *
 * @returns undefined when it is not a page
 */
export function openHtml(piece: Piece): readonly Piece[] | undefined {
  if (!piece.text.startsWith("<") || xmlKind(piece.text) !== "html") return undefined;
  const parts: Piece[] = [];
  const input = /<input(?=[\s/])/gi;
  while (input.test(piece.text)) {
    const { name, value, end } = attributesAt(piece.text, input.lastIndex);
    if (name !== undefined && value !== undefined) parts.push(partOf(piece, name, value, name));
    // What was read as a tag is not searched for tags again, or a hostile page would take quadratic time.
    input.lastIndex = end;
  }
  // A page that posts nothing may show it: what a tool has decoded, or a log in a browser.
  return parts.length === 0 ? (openXml(piece) ?? []) : parts;
}

interface Field {
  name?: string;
  value?: string;
  end: number;
}

function attributesAt(text: string, start: number): Field {
  const field: Field = { end: start };
  ATTRIBUTE.lastIndex = start;
  for (let match = ATTRIBUTE.exec(text); match !== null; match = ATTRIBUTE.exec(text)) {
    const key = match[1]?.toLowerCase();
    const value = match[2] ?? match[3] ?? match[4] ?? "";
    if (key === "name" || key === "value") field[key] ??= replaceReferences(value);
    field.end = ATTRIBUTE.lastIndex;
  }
  return field;
}
