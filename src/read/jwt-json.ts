import type { JsonObject } from "../artifact.ts";
import { blocked, type Parsed } from "./jwt-parsed.ts";

// The library is compiled without the types of any platform, so what it uses of all of them is declared here.
declare class TextDecoder {
  constructor(label: string, options: { readonly fatal: boolean; readonly ignoreBOM: boolean });
  decode(bytes: Uint8Array): string;
}

// A byte order mark is kept, so that the JSON parser refuses it.
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

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
 * @param bytes the decoded segment
 * @param at where the segment is, for the obstacle
 */
export function parseJsonObject(bytes: Uint8Array, at: string): Parsed<JsonObject> {
  const { colons, depth } = measure(bytes);
  if (depth > MAX_DEPTH) return blocked("too-large", at, `nested deeper than ${MAX_DEPTH} levels`);
  const value = parseJson(bytes);
  if (!isJsonObject(value)) return blocked("malformed", at, "the segment is not a JSON object in UTF-8");
  // JSON.parse keeps one of two equal names, so every duplicate makes one member fewer than there are colons.
  if (countMembers(value) !== colons)
    return blocked("malformed", at, "a member is named twice in one object");
  return { value };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(bytes));
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

/**
 * Counts the colons outside strings, one for each member, and the deepest nesting, before anything is built from
 * the bytes. In UTF-8 no part of a longer character looks like one of these signs.
 */
function measure(bytes: Uint8Array): { readonly colons: number; readonly depth: number } {
  let colons = 0;
  let open = 0;
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i];
    if (byte === QUOTE) quoted = !quoted;
    else if (quoted) i += byte === BACKSLASH ? 1 : 0;
    else if (byte === COLON) colons += 1;
    else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      open += 1;
      if (open > depth) depth = open;
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) open -= 1;
  }
  return { colons, depth };
}
