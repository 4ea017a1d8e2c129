import type { CitationSource } from "./vocabulary/citation-source.ts";
import { CITATION_SERIES, CITATION_SOURCES } from "./vocabulary/citation-sources.ts";

/** One place that a reference names, and where it can be opened. */
export interface Citation {
  /** The place as the reference names it, e.g. `RFC 8176 §2`. */
  readonly text: string;
  /**
   * Its address: of a page on the web, or of a page of this package (`docs/requirements.md#psr-036`); absent: the
   * reference names nothing that is known.
   */
  readonly url?: string;
}

/** A source with the name by which a section after it is of the same. */
interface Found {
  readonly name: string;
  readonly source: CitationSource;
  readonly url: string;
}

/** What may stand after a name: the edition, one section or several in a row, the number of a step. */
const AFTER = /^(?: \(\d{4}\))?(?: §(\d+(?:\.\d+)*)(?: to §\d+(?:\.\d+)*)?(?: \(\d+\))?)?$/;

/** Names that contain a comma themselves have this many parts at most. */
const LONGEST_NAME = 3;

/**
 * Finds where each place that a reference names can be opened.
 *
 * @param reference the `reference` of a rule, or one of its `requirements`: places separated by commas or semicolons,
 *   of which a section without a name is one of the source before it
 * @returns the places in order; each that is known has its address
 */
export function citationsOf(reference: string): readonly Citation[] {
  const parts = reference.split(/[,;] /);
  const citations: Citation[] = [];
  let before: Found | undefined;
  for (let at = 0; at < parts.length;) {
    const { text, count, found } = longest(parts.slice(at), before);
    citations.push(found === undefined ? { text } : { text, url: found.url });
    before = found ?? before;
    at += count;
  }
  return citations;
}

/** The most parts that together are one place; a single one where none is known. */
function longest(parts: readonly string[], before: Found | undefined) {
  for (let count = Math.min(LONGEST_NAME, parts.length); count > 0; count -= 1) {
    const joined = parts.slice(0, count).join(", ");
    const text = joined.startsWith("§") && before !== undefined ? `${before.name} ${joined}` : joined;
    const found = findSource(text);
    if (found !== undefined) return { text, count, found };
  }
  return { text: parts[0] ?? "", count: 1, found: undefined };
}

function findSource(text: string): Found | undefined {
  for (const source of CITATION_SOURCES) {
    const after = text.startsWith(source.name) ? AFTER.exec(text.slice(source.name.length)) : null;
    if (after !== null) return { name: source.name, source, url: addressOf(source, source.url, after[1]) };
  }
  for (const source of CITATION_SERIES) {
    const [name, number = "", second = ""] = source.pattern.exec(text) ?? [];
    const after = name === undefined ? null : AFTER.exec(text.slice(name.length));
    if (name === undefined || after === null) continue;
    const url = source.url.replace("$1", source.name === "requirement" ? number.toLowerCase() : number);
    return { name, source, url: addressOf(source, url.replace("$2", second), after[1]) };
  }
  return undefined;
}

function addressOf({ section, sections }: CitationSource, url: string, number: string | undefined): string {
  if (number === undefined) return url;
  return `${url}${sections?.[number] ?? (section === undefined ? "" : `${section}${number}`)}`;
}
