import type { JsonObject } from "../artifact.ts";
import { utf8Of } from "./jwt-base64url.ts";
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

/**
 * Parses one segment of a token into a JSON object without duplicate members, at any depth.
 *
 * @param binary the decoded segment, one character for each byte
 * @param at where the segment is, for the obstacle
 */
export function parseJsonObject(binary: string, at: string): Parsed<JsonObject> {
  const { colons, depth, ascii } = measure(binary);
  if (depth > MAX_DEPTH) return blocked("too-large", at, `nested deeper than ${MAX_DEPTH} levels`);
  const text = ascii ? binary : utf8Of(binary);
  if (text === undefined) return blocked("malformed", at, "the segment is not UTF-8 text");
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

function countMembers(value: object): number {
  const inner: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  let members = Array.isArray(value) ? 0 : inner.length;
  for (const item of inner) {
    if (typeof item === "object" && item !== null) members += countMembers(item);
  }
  return members;
}

/** What can be told of JSON bytes before anything is built from them. */
interface Measures {
  /** Colons outside strings: one for each member. */
  readonly colons: number;
  readonly depth: number;
  readonly ascii: boolean;
}

// One pass over the bytes, and a plain loop: on a long `amr` this is where the time goes.
function measure(binary: string): Measures {
  let colons = 0;
  let open = 0;
  let depth = 0;
  let bits = 0;
  let quoted = false;
  for (let i = 0; i < binary.length; i += 1) {
    const code = binary.charCodeAt(i);
    bits |= code;
    if (code === QUOTE) quoted = !quoted;
    else if (quoted) i += code === BACKSLASH ? 1 : 0;
    else if (code === COLON) colons += 1;
    else if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
      open += 1;
      if (open > depth) depth = open;
    } else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) open -= 1;
  }
  return { colons, depth, ascii: bits < 0x80 };
}
