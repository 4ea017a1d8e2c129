import { HTMLElement, parse } from "node-html-parser";

/** Deeper than any page that people get, and less than what reading it again and again takes. */
const DEEPEST = 1000;

/** More tags than any page that people get, and few enough that a flood of them holds nothing else up. */
const MOST_TAGS = 50_000;

/** Where a page has more tags than are read of it; undefined: it has not. */
export function endOfReading(html: string): number | undefined {
  let at = -1;
  for (let count = 0; count <= MOST_TAGS; count += 1) {
    at = html.indexOf("<", at + 1);
    if (at === -1) return undefined;
  }
  return at;
}

/**
 * Parses a page as leniently as browsers do, in a time that grows with its size alone, and not beyond reason. One that is
 * nested beyond all reason is taken for empty.
 */
export function parsePage(html: string): HTMLElement {
  const root = parse(withoutOpenComments(html.slice(0, endOfReading(html))), { parseNoneClosedTags: true });
  return isTooDeep(root) ? parse("") : root;
}

/** So many comments without an end no page has by mistake, nor a script in its texts. */
const MOST_OPEN_COMMENTS = 50;

/** The parser looks for the end of a comment from each beginning of one. */
function withoutOpenComments(html: string): string {
  let end = html.lastIndexOf("-->");
  for (let count = 0; count <= MOST_OPEN_COMMENTS; count += 1) {
    end = html.indexOf("<!--", end + 1);
    if (end === -1) return html;
  }
  return html.slice(0, end);
}

function isTooDeep(root: HTMLElement): boolean {
  let level: readonly HTMLElement[] = [root];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) return true;
    level = level.flatMap(({ childNodes }) => childNodes.filter((node) => node instanceof HTMLElement));
  }
  return false;
}
