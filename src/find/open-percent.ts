import type { Piece } from "./found-artifact.ts";

const ENCODED = /^[\w.~%+/=&?#:;,@!$'()*-]+$/;
const ESCAPE = /%[\dA-Fa-f]{2}/;

/** Takes off one layer of percent-encoding around all of a text; undefined when there is none. */
export function openPercent(piece: Piece): readonly Piece[] | undefined {
  const line = piece.text.replace(/[\r\n]+/g, "");
  if (!ESCAPE.test(line) || !ENCODED.test(line)) return undefined;
  try {
    return [{ ...piece, text: decodeURIComponent(line) }];
  } catch {
    return undefined;
  }
}
