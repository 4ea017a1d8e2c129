import { decodeBytewise } from "../read/web-crypto.ts";
import { decodeText } from "./decode-text.ts";
import { partOf, type Piece } from "./found-artifact.ts";
import { gunzip } from "./inflate.ts";

/** Largest body that is inflated, bytes. */
const MAX_BODY = 16 * 1024 * 1024;
const TOO_LONG = "is longer than 16 MiB when inflated";

/** Takes a message of HTTP apart into its head and its body, which a server may have compressed. */
export function openHttp(piece: Piece, bytes: Uint8Array): readonly Piece[] {
  const start = bodyStart(bytes);
  const body = bytes.subarray(start);
  const plain = gunzip(body, MAX_BODY) ?? body;
  return [
    partOf(piece, "head", decodeBytewise(bytes.subarray(0, start)), piece.name),
    partOf(piece, "body", decodeText(plain) ?? decodeBytewise(plain), piece.name),
    ...(plain.length < MAX_BODY ? [] : [{ ...partOf(piece, "body", "", piece.name), overLimit: TOO_LONG }]),
  ];
}

/** Where the empty line ends that divides head and body. */
function bodyStart(bytes: Uint8Array): number {
  for (let index = bytes.indexOf(10); index !== -1; index = bytes.indexOf(10, index + 1)) {
    const next = bytes[index + 1] === 13 ? index + 2 : index + 1;
    if (bytes[next] === 10) return next + 1;
  }
  return bytes.length;
}
