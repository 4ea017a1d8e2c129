import { MIN_LENGTH, partOf, type Piece } from "./found-artifact.ts";
import { replaceReferences } from "./references.ts";

const CDATA = "<![CDATA[";
const COMMENT = "<!--";
const NAME = /<([^\s<>/!?]{1,64})/y;
/** What the exports of proxies call a message of HTTP: no name of a token. */
const MESSAGE = /^(?:request|response)$/i;

/**
 * Takes XML that is no artifact apart into the texts in it, each under the name of the element it stands in, and its
 * longer tags: how proxies such as Burp Suite write what they saw.
 *
 * @returns undefined when it is no XML, or there is nothing in it
 */
export function openXml(piece: Piece): readonly Piece[] | undefined {
  const { text } = piece;
  if (!text.startsWith("<")) return undefined;
  const parts: Piece[] = [];
  let name: string | undefined;
  let position = 0;
  const add = (part: string): void => {
    if (part.trim().length >= MIN_LENGTH) parts.push(partOf(piece, name ?? "XML", part, nameFor(name)));
  };
  while (position < text.length) {
    const markup = markupEnd(text, position);
    if (markup === undefined) break;
    if (text.startsWith(CDATA, position)) add(text.slice(position + CDATA.length, markup - 3));
    else name = nameAt(text, position) ?? name;
    if (name !== undefined && markup - position > MIN_LENGTH + name.length && isTag(text, position)) {
      parts.push(partOf(piece, name, text.slice(position + name.length + 1, markup - 1), undefined));
    }
    const next = text.indexOf("<", markup);
    const end = next === -1 ? text.length : next;
    add(replaceReferences(text.slice(markup, end)));
    position = end;
  }
  return parts.length === 0 ? undefined : parts;
}

function nameFor(name: string | undefined): string | undefined {
  return name === undefined || MESSAGE.test(name) ? undefined : name;
}

function isTag(text: string, position: number): boolean {
  return nameAt(text, position) !== undefined;
}

function nameAt(text: string, position: number): string | undefined {
  NAME.lastIndex = position;
  return NAME.exec(text)?.[1];
}

/** The index behind the markup at a position; undefined when it has no end. */
function markupEnd(text: string, position: number): number | undefined {
  const [opening, closing] = text.startsWith(CDATA, position)
    ? [CDATA, "]]>"]
    : text.startsWith(COMMENT, position)
      ? [COMMENT, "-->"]
      : ["<", ">"];
  const end = text.indexOf(closing, position + opening.length);
  return end === -1 ? undefined : end + closing.length;
}
