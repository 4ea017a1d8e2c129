import { MIN_LENGTH, partOf, type Piece } from "./found-artifact.ts";

const MAX_NAME_LENGTH = 64;

/**
 * Takes a form body, a query or a URL with query and fragment apart into its parameters.
 *
 * @returns undefined when it is none of them
 * @see WHATWG URL, application/x-www-form-urlencoded parsing
 */
export function openForm(piece: Piece): readonly Piece[] | undefined {
  if (!piece.text.includes("=") || /[\s"<>]/.test(piece.text)) return undefined;
  const parts: Piece[] = [];
  for (const pair of piece.text.split(/[?#&]/)) {
    const equals = pair.indexOf("=");
    const name = equals < 1 || equals > MAX_NAME_LENGTH ? undefined : decode(pair.slice(0, equals));
    if (name === undefined || pair.length - equals < MIN_LENGTH) continue;
    parts.push(partOf(piece, name, decode(pair.slice(equals + 1)), name));
  }
  return parts.length === 0 ? undefined : parts;
}

/** A value in which nothing is escaped was pasted as it is, and a plus in it is base64. */
function decode(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}
