import type { JsonObject } from "../artifact.ts";
import { decodeText } from "./jwt-base64url.ts";
import { blocked, type Parsed } from "./jwt-parsed.ts";

/** Deepest nesting of objects and arrays that is read; real tokens stay below ten. */
export const MAX_DEPTH = 64;

const QUOTE = 0x22;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Decodes one segment of a token into a JSON object without duplicate members, at any depth. */
export function parseJsonSegment(segment: string, at: string): Parsed<JsonObject> {
  const text = decodeText(segment);
  if (text === undefined) return blocked("malformed", at, "the segment is not UTF-8 text");
  const { colons, depth } = measure(text);
  if (depth > MAX_DEPTH) return blocked("too-large", at, `nested deeper than ${MAX_DEPTH} levels`);
  const value = parseJson(text);
  if (!isJsonObject(value)) return blocked("malformed", at, "the segment is not a JSON object");
  // JSON.parse keeps one of two equal names, so every duplicate makes one member fewer than there are colons.
  if (countMembers(value) !== colons)
    return blocked("malformed", at, "a member is named twice in one object");
  return { value };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function countMembers(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  let members = Array.isArray(value) ? 0 : Object.keys(value).length;
  for (const inner of Object.values(value)) members += countMembers(inner);
  return members;
}

/** Counts the colons outside strings and the deepest nesting, before anything is built from the text. */
function measure(text: string): { readonly colons: number; readonly depth: number } {
  let colons = 0;
  let open = 0;
  let depth = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) i = endOfString(text, i);
    else if (code === COLON) colons += 1;
    else if (code === OPEN_OBJECT || code === OPEN_ARRAY) depth = Math.max(depth, (open += 1));
    else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) open -= 1;
  }
  return { colons, depth };
}

function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) return i;
    if (code === BACKSLASH) i += 1;
  }
  return text.length;
}
