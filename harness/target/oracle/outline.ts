import { HTMLElement, type Node, parse, TextNode } from "node-html-parser";
import { endOfReading, parsePage } from "../../transport/parse-page.ts";

/** One place of a page and what stands there itself. */
interface Spot {
  /** Names from the root down, the position among equals behind each: `html[0]>body[0]>p[2]`. */
  readonly place: string;
  readonly text: string;
  /** Id and classes. */
  readonly marks: readonly string[];
}

/** The places of a page, in order. */
export interface Outline {
  readonly spots: readonly Spot[];
  /** False when the page was too large to be looked at to its end. */
  readonly isWhole: boolean;
}

const MOST_SPOTS = 20_000;
const DEEPEST = 100;

/** Lists the places of a page: elements of HTML, members of JSON, which a browser shows as a page of its own. */
export function outlineOf(text: string): Outline {
  const json = jsonOf(text);
  if (json !== undefined) return outlineFrom({ name: "", value: json.value }, memberParts);
  const outline = outlineFrom({ name: "", value: parsePage(text) }, elementParts);
  return { ...outline, isWhole: outline.isWhole && endOfReading(text) === undefined };
}

/** The JSON that a page is; undefined: it is none. */
export function jsonOf(text: string): { readonly value: unknown } | undefined {
  const start = text.trimStart();
  return start.startsWith("<") ? parsed(onlyText(start)) : parsed(start);
}

/** A browser puts JSON into the only `pre` of a page without any other text. */
function onlyText(html: string): string {
  const found = /^(?:<[^>]*>)*<pre[^>]*>([^<]*)<\/pre>(?:<[^>]*>)*\s*$/.exec(html.slice(0, 1_000_000))?.[1];
  return found === undefined ? "" : parse(`<pre>${found}</pre>`).text;
}

function parsed(text: string): { readonly value: unknown } | undefined {
  if (!/^[[{]/.test(text)) return undefined;
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

interface Part<Value> {
  readonly name: string;
  readonly value: Value;
}

interface Parts<Value> extends Omit<Spot, "place"> {
  readonly inner: readonly Part<Value>[];
}

function outlineFrom<Value>(root: Part<Value>, partsOf: (value: Value) => Parts<Value>): Outline {
  const spots: Spot[] = [];
  const waiting = [{ place: root.name, value: root.value, depth: 0 }];
  let isWhole = true;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (spots.length >= MOST_SPOTS || next.depth > DEEPEST) {
      isWhole = false;
      continue;
    }
    const { place, depth } = next;
    const { text, marks, inner } = partsOf(next.value);
    spots.push({ place, text, marks });
    const counts = new Map<string, number>();
    for (const { name, value } of inner) {
      const position = counts.get(name) ?? 0;
      counts.set(name, position + 1);
      waiting.push({ place: `${place}>${name}[${position}]`, value, depth: depth + 1 });
    }
  }
  return { spots, isWhole };
}

/** What nobody sees on a page. */
const UNSEEN = new Set(["SCRIPT", "STYLE", "TEMPLATE", "NOSCRIPT"]);

function elementParts(element: HTMLElement): Parts<HTMLElement> {
  const { childNodes } = element;
  const inner = childNodes
    .filter((node: Node) => node instanceof HTMLElement)
    .filter(({ tagName }) => !UNSEEN.has(tagName))
    .map((value) => ({ name: value.rawTagName.toLowerCase(), value }));
  const text = childNodes.flatMap((node) => (node instanceof TextNode ? [node.text] : [])).join(" ");
  const classes = element.classNames.split(/\s+/).filter((name) => name !== "");
  const marks = [...(element.id === "" ? [] : [`#${element.id}`]), ...classes.map((name) => `.${name}`)];
  return { text, marks, inner };
}

function memberParts(value: unknown): Parts<unknown> {
  if (typeof value !== "object" || value === null) return { text: scalarText(value), marks: [], inner: [] };
  const inner = Array.isArray(value)
    ? value.map((one: unknown) => ({ name: "item", value: one }))
    : Object.entries(value).map(([name, one]: [string, unknown]) => ({ name, value: one }));
  return { text: "", marks: [], inner };
}

/** Large numbers are times and ids; a small one may be a level. Words with digits are left out of prints. */
function scalarText(value: unknown): string {
  if (typeof value !== "number") return String(value);
  const isLevel = Number.isInteger(value) && Math.abs(value) < 1000;
  return isLevel ? `level-${value < 0 ? "minus-" : ""}${inLetters(Math.abs(value))}` : "";
}

function inLetters(value: number): string {
  return String(value).replaceAll(/\d/g, (digit) => "abcdefghij".charAt(Number(digit)));
}
