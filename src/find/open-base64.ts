import { headBehind, textBehind } from "./base64-text.ts";
import type { Piece } from "./found-artifact.ts";
import { unwrap } from "./wrapped.ts";

/** Takes off the base64 around JSON or a page, e.g. the content of an answer in a HAR file; undefined without. */
export function openBase64(piece: Piece): readonly Piece[] | undefined {
  const line = unwrap(piece.text);
  if (line === undefined || !/^[{<[]/.test(headBehind(line))) return undefined;
  const text = textBehind(line);
  return typeof text === "string" ? [{ ...piece, text }] : undefined;
}
