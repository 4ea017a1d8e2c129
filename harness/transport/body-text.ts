import type { IncomingHttpHeaders } from "node:http";
import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";

/** The most that a compressed body may become. */
const LIMIT = { maxOutputLength: 8 * 1024 * 1024 };

const UNPACK: Readonly<Record<string, (body: Buffer) => Buffer>> = {
  gzip: (body) => gunzipSync(body, LIMIT),
  "x-gzip": (body) => gunzipSync(body, LIMIT),
  deflate: (body) => inflateSync(body, LIMIT),
  br: (body) => brotliDecompressSync(body, LIMIT),
};

/** The text of a body: unpacked where a server packs what nobody asked it to, and in its own character set. */
export function bodyText(body: Buffer, headers: IncomingHttpHeaders): string {
  const unpacked = unpack(body, headers["content-encoding"]?.trim().toLowerCase() ?? "");
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(headers["content-type"] ?? "")?.[1];
  return decode(unpacked, charset ?? "utf-8");
}

/** What cannot be unpacked is shown as it came. */
function unpack(body: Buffer, encoding: string): Buffer {
  try {
    return UNPACK[encoding]?.(body) ?? body;
  } catch {
    return body;
  }
}

function decode(body: Buffer, charset: string): string {
  try {
    return new TextDecoder(charset).decode(body);
  } catch {
    return body.toString("utf8");
  }
}
