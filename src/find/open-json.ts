import { MIN_LENGTH, partOf, type Piece } from "./found-artifact.ts";

/** HAR files and SAML-tracer exports are ten levels deep at most; below this nothing is looked for. */
const MAX_DEPTH = 64;
const MAX_NAME_LENGTH = 64;

/**
 * Takes JSON apart into its strings, each under the name it has there. A name is that of the member, of the nearest
 * one around an array (`"tokens": ["…"]`, SAML-tracer's `postData`), or the one in a pair, `{name, value}` as in HAR
 * or `[name, value]` as in SAML-tracer's `post`.
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
  if (typeof value === "string") {
    if (value.length >= MIN_LENGTH) parts.push(partOf(place.piece, place.pointer, value, place.name));
    return;
  }
  if (typeof value !== "object" || value === null || place.depth > MAX_DEPTH) return;
  const pairName = nameOfPair(value);
  for (const [key, item] of Object.entries(value)) {
    const own = Array.isArray(value) ? place.name : key;
    const name = pairName !== undefined && isPairValue(value, key) ? pairName : own;
    const pointer = `${place.pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    collect(item, { piece: place.piece, name, pointer, depth: place.depth + 1 }, parts);
  }
}

function nameOfPair(value: object): string | undefined {
  const first: unknown = Array.isArray(value) && value.length === 2 ? value[0] : undefined;
  const name = "name" in value && "value" in value ? value.name : first;
  return typeof name === "string" && name.length <= MAX_NAME_LENGTH ? name : undefined;
}

function isPairValue(value: object, key: string): boolean {
  return key === (Array.isArray(value) ? "1" : "value");
}
