import type { PagePrint } from "./page-print.ts";

/** What pages have in common that several users got who were let in, and where those differed. */
export interface Familiar {
  readonly prints: readonly PagePrint[];
  /** Elements of which there are now more, now fewer: their positions mean nothing. */
  readonly repeated: ReadonlySet<string>;
  readonly places: ReadonlyMap<string, Commonness>;
}

/** What is known of one place. */
interface Commonness {
  /** Whether every page has it. */
  readonly isAlways: boolean;
  /** Words that every page has there. */
  readonly always: ReadonlySet<string>;
  /** Words that some page has there. */
  readonly ever: ReadonlySet<string>;
  /** Whether each page had a word there that no other had: then the next one has its own, too. */
  readonly isWild: boolean;
}

/** How a page stands to familiar ones: the same, the same but for places that never say the same twice, or another. */
export type Recognised = "same" | "same-but-wild" | "other";

type Places = ReadonlyMap<string, ReadonlySet<string>>;

/** Learns what pages have in common. */
export function familiarWith(prints: readonly PagePrint[]): Familiar {
  const repeated = repeatedIn(prints);
  const all = prints.map(({ places }) => merged(places, repeated));
  const names = new Set(all.flatMap((places) => [...places.keys()]));
  const places = new Map([...names].map((name) => [name, commonness(name, all)] as const));
  return { prints, repeated, places };
}

function repeatedIn(prints: readonly PagePrint[]): ReadonlySet<string> {
  const counts = prints.map(countKinds);
  const kinds = new Set(counts.flatMap((count) => [...count.keys()]));
  const [first, ...rest] = counts;
  return new Set([...kinds].filter((kind) => rest.some((one) => one.get(kind) !== first?.get(kind))));
}

function countKinds({ places }: PagePrint): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const kind of [...places.keys()].map(kindOf)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}

function kindOf(place: string): string {
  return place.replaceAll(/\[\d+\]/g, "");
}

/** Puts places that only differ in the position of a repeated element together. */
function merged(places: Places, repeated: ReadonlySet<string>): Places {
  if (repeated.size === 0) return places;
  const result = new Map<string, Set<string>>();
  for (const [place, words] of places) {
    const name = withoutPositions(place, repeated);
    result.set(name, new Set([...(result.get(name) ?? []), ...words]));
  }
  return result;
}

function withoutPositions(place: string, repeated: ReadonlySet<string>): string {
  const steps = place.split(">");
  let kind = "";
  return steps
    .map((step, index) => {
      kind = index === 0 ? kindOf(step) : `${kind}>${kindOf(step)}`;
      return repeated.has(kind) ? `${kindOf(step)}[*]` : step;
    })
    .join(">");
}

function commonness(name: string, all: readonly Places[]): Commonness {
  const there = all.map((places) => places.get(name));
  const found = there.filter((words) => words !== undefined);
  const ever = new Set(found.flatMap((words) => [...words]));
  const isAlways = found.length === all.length;
  const always = new Set([...ever].filter((word) => there.every((words) => words?.has(word) === true)));
  const hasOwn = (words: ReadonlySet<string>): boolean =>
    [...words].some((word) => found.every((others) => others === words || !others.has(word)));
  const isWild = isAlways && all.length > 1 && !name.includes("[*]") && found.every(hasOwn);
  return { isAlways, always, ever, isWild };
}

/**
 * Recognises a page that is another of these: it has what all have, and nothing that none has, but for places that
 * never say the same twice. A single new word may be the refusal.
 */
export function recognise({ places, isWhole }: PagePrint, { places: known, repeated }: Familiar): Recognised {
  if (!isWhole) return "other";
  const found = merged(places, repeated);
  const missing = [...known].some(
    ([name, { isAlways, always }]) =>
      (isAlways && !found.has(name)) ||
      (found.has(name) && [...always].some((word) => !found.get(name)?.has(word))),
  );
  if (missing) return "other";
  let result: Recognised = "same";
  for (const [name, words] of found) {
    const place = known.get(name);
    if (place === undefined) return "other";
    const isNew = [...words].some((word) => !place.ever.has(word));
    if (isNew && !place.isWild) return "other";
    if (isNew) result = "same-but-wild";
  }
  return result;
}
