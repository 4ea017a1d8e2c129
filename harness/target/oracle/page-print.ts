import { parse } from "node-html-parser";
import type { FinalPage } from "../../transport/exchange.ts";
import { visibleText } from "./who.ts";

/** What makes a page this page, whoever reads it and whenever. */
export interface PagePrint {
  readonly path: string;
  readonly status: number;
  /** Its elements by name, id and class, and the words of its text. */
  readonly features: ReadonlySet<string>;
}

/**
 * Takes the print of a page. Words with digits come and go with time, and the user's own differ for each: both are left
 * out.
 */
export function printOf({ url, status, html }: FinalPage, user: string): PagePrint {
  const own = user.split("@").map((part) => part.toLowerCase());
  const words = visibleText(html)
    .toLowerCase()
    .split(/[^\p{L}\p{N}@._-]+/u)
    .filter((word) => word !== "" && !/\d/.test(word) && !own.some((part) => word.includes(part)));
  const elements = parse(html, { parseNoneClosedTags: true })
    .querySelectorAll("*")
    .map((element) => `<${element.rawTagName} ${stable(element.id)} ${stable(element.classNames)}>`);
  return { path: new URL(url).pathname, status, features: new Set([...words, ...elements]) };
}

function stable(text: string): string {
  return /\d{3}/.test(text) ? "" : text;
}

/** How much of two pages is the same, from 0 to 1. */
export function likeness(a: PagePrint, b: PagePrint): number {
  const common = shared(a.features, b.features).length;
  const all = a.features.size + b.features.size - common;
  return all === 0 ? 1 : common / all;
}

/**
 * Whether a page is the one that two users got who were let in: it has what both had, and nothing that neither had, but
 * for as much as those two differed. A single new word may be the refusal.
 */
export function isAnother(page: PagePrint, [first, second]: readonly [PagePrint, PagePrint]): boolean {
  const always = shared(first.features, second.features);
  const ever = new Set([...first.features, ...second.features]);
  const missing = always.filter((feature) => !page.features.has(feature));
  const added = [...page.features].filter((feature) => !ever.has(feature));
  return missing.length + added.length <= ever.size - always.length;
}

function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): readonly string[] {
  return [...a].filter((feature) => b.has(feature));
}
