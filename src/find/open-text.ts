import { MIN_LENGTH, partOf, type Piece } from "./found-artifact.ts";

/** What a line needs to be worth a look: the length of the shortest token, or a tag. */
const PROMISING = /[\w+/=.%~-]{20}|</;

/** Takes text apart into its lines; a single line into the words that could be a token, base64 or `name=value`. */
export function openText(piece: Piece): readonly Piece[] {
  const parts: Piece[] = [];
  const lines = piece.text.split(/\r\n|\n|\r/);
  if (lines.length === 1) {
    for (const word of piece.text.split(/[^\w+/=.%~-]+/)) {
      if (word.length >= MIN_LENGTH && word !== piece.text) parts.push({ ...piece, text: word });
    }
    return parts;
  }
  for (const [index, line] of lines.entries()) {
    if (line.length >= MIN_LENGTH && PROMISING.test(line))
      parts.push(partOf(piece, `line ${index + 1}`, line, piece.name));
  }
  return parts;
}
