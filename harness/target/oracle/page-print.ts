import type { FinalPage } from "../../transport/exchange.ts";
import { outlineOf } from "./outline.ts";

/** What makes a page this page, whoever reads it and whenever. */
export interface PagePrint {
  readonly path: string;
  readonly status: number;
  /** The words at each place, and its id and classes; empty where only its parts have some. */
  readonly places: ReadonlyMap<string, ReadonlySet<string>>;
  /** False when the page was too large to be looked at to its end. */
  readonly isWhole: boolean;
}

/** Stands for the user in a print. */
const USER = "‹user›";

/** Stands for anybody else's address in a print. */
const ADDRESS = "‹address›";

/**
 * Takes the print of a page. Words with digits come and go with time and are left out; whoever is named stands for the
 * user, any other address for one.
 *
 * @param names what the user is called on it
 */
export function printOf({ url, status, html }: FinalPage, names: readonly string[]): PagePrint {
  const named = patternOf(names);
  const { spots, isWhole } = outlineOf(html);
  const places = new Map(
    spots.map(({ place, text, marks }) => {
      const words = wordsOf(named === undefined ? text : text.replaceAll(named, ` ${USER} `));
      return [place, new Set([...words, ...marks.filter(isSteady)])] as const;
    }),
  );
  return { path: new URL(url).pathname, status, places, isWhole };
}

/** The names, and what stands before an `@` in them, as words of their own, the longest first. */
function patternOf(names: readonly string[]): RegExp | undefined {
  const all = [...new Set(names.flatMap((name) => [name, name.split("@")[0] ?? ""]))]
    .filter((name) => name !== "")
    .toSorted((a, b) => b.length - a.length)
    .map((name) => name.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
  return all.length === 0
    ? undefined
    : new RegExp(`(?<![\\p{L}\\p{N}])(?:${all.join("|")})(?![\\p{L}\\p{N}])`, "giu");
}

function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}@._‹›-]+/u)
    .map((word) => (/.@./.test(word) ? ADDRESS : word.replaceAll(/^[._-]+|[._-]+$/g, "")))
    .filter((word) => word !== "" && !/\d/.test(word));
}

function isSteady(mark: string): boolean {
  return !/\d{3}/.test(mark);
}

/** How much of two pages is the same, from 0 to 1. */
export function likeness(a: PagePrint, b: PagePrint): number {
  const [first, second] = [featuresOf(a), featuresOf(b)];
  const common = [...first].filter((feature) => second.has(feature)).length;
  const all = first.size + second.size - common;
  return all === 0 ? 1 : common / all;
}

function featuresOf({ places }: PagePrint): ReadonlySet<string> {
  return new Set(
    [...places].flatMap(([place, words]) => {
      const tag = place.replaceAll(/\[\d+\]/g, "");
      return [tag, ...[...words].map((word) => `${tag.slice(tag.lastIndexOf(">"))} ${word}`)];
    }),
  );
}

/** Whether the user is named on a page. */
export function namesUser({ places }: PagePrint): boolean {
  return [...places.values()].some((words) => words.has(USER));
}
