import type { Piece } from "./found-artifact.ts";

/** What a browser copies as a command of Windows: each special character behind a caret. */
const CARETS = /\^%\^[\dA-Fa-f]{2}/;

/** Takes the escapes of the Windows command prompt out of a text; undefined when there are none. */
export function openCarets(piece: Piece): readonly Piece[] | undefined {
  if (!CARETS.test(piece.text)) return undefined;
  return [{ ...piece, text: piece.text.replace(/\^([\s\S])/g, "$1") }];
}
