import type { JsonObject } from "../artifact.ts";
import { decodedToken } from "./decoded-token.ts";
import { MIN_LENGTH, partOf, type Piece } from "./found-artifact.ts";

/** HAR files and SAML-tracer exports are ten levels deep at most; below this nothing is looked for. */
const MAX_DEPTH = 64;
const MAX_NAME_LENGTH = 64;

/**
 * Takes JSON apart into its strings, each under the name it has there, and the decoded tokens in it. A name is that of
 * the member, of the nearest one around an array (`"tokens": ["…"]`, SAML-tracer's `postData`), or the one in a pair,
 * `{name, value}` as in HAR, `[name, value]` as in SAML-tracer's `post` or `{credential_type, secret}` as in a cache of
 * MSAL.
 *
 * @returns undefined when it is not JSON
 */
export function openJson(piece: Piece): readonly Piece[] | undefined {
  if (!/^[[{"]/.test(piece.text)) return undefined;
  const parts: Piece[] = [];
  try {
    collect(JSON.parse(piece.text), { piece, name: piece.name, pointer: "", depth: 0 }, parts);
  } catch {
    return undefined;
  }
  return parts;
}

interface Place {
  readonly piece: Piece;
  readonly name: string | undefined;
  readonly pointer: string;
  readonly depth: number;
}

function collect(value: unknown, place: Place, parts: Piece[]): void {
  const { piece, name, pointer, depth } = place;
  if (typeof value === "string") {
    if (value.length >= MIN_LENGTH) parts.push(partOf(piece, pointer, value, name));
    return;
  }
  if (typeof value !== "object" || value === null) return;
  if (depth > MAX_DEPTH) {
    parts.push({ ...partOf(piece, pointer, "", name), overLimit: `is more than ${MAX_DEPTH} levels deep` });
    return;
  }
  const decoded = decodedToken(value, depth === 0 ? piece.header : undefined);
  if (decoded !== undefined) parts.push({ ...partOf(piece, pointer, "", name), decoded });
  else collectMembers(value, place, parts);
}

function collectMembers(value: object, { piece, name, pointer, depth }: Place, parts: Piece[]): void {
  const pair = pairOf(value);
  for (const [key, item] of Object.entries(value)) {
    const own = Array.isArray(value) ? name : key;
    const inner = `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    collect(
      item,
      { piece, name: pair?.of === key ? pair.name : own, pointer: inner, depth: depth + 1 },
      parts,
    );
  }
}

/** Which member of a pair has its name in the other one. */
interface Pair {
  readonly of: string;
  readonly name: string;
}

function pairOf(value: object): Pair | undefined {
  if (Array.isArray(value)) return value.length === 2 ? pair("1", value[0]) : undefined;
  if (hasMember(value, "secret")) return pair("secret", value["credential_type"]);
  return hasMember(value, "value") ? pair("value", value["name"]) : undefined;
}

function pair(of: string, name: unknown): Pair | undefined {
  return typeof name === "string" && name.length <= MAX_NAME_LENGTH ? { of, name } : undefined;
}

function hasMember(value: object, name: string): value is JsonObject {
  return Object.hasOwn(value, name);
}
