import { bytesBehind, headBehind, textBehind } from "./base64-text.ts";
import type { Piece } from "./found-artifact.ts";
import { openHttp } from "./open-http.ts";
import { unwrap } from "./wrapped.ts";

/** What is worth a look behind base64: JSON, a page, a token, base64 of XML, a form body, a URL, a message of HTTP. */
const PROMISING =
  /^(?:[{<["]|ey[JA]|P[DFH][\w+/]{6}|[A-Za-z][\w.-]{1,40}=|https?:\/\/|HTTP\/\d|[A-Z]{3,8} \S{1,400} HTTP\/|[A-Z]{3,8} \S{400})/;

/** Takes off the base64 around JSON, a page or a message, e.g. the content of an answer in a HAR file; undefined without. */
export function openBase64(piece: Piece): readonly Piece[] | undefined {
  const line = unwrap(piece.text);
  if (line === undefined || !PROMISING.test(headBehind(line))) return undefined;
  const text = textBehind(line);
  if (typeof text === "string") return [{ ...piece, text }];
  const bytes = bytesBehind(line);
  return bytes === undefined ? undefined : openHttp(piece, bytes);
}
