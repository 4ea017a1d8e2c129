import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { decodeText } from "../../src/index.ts";
import { HarnessError } from "../errors.ts";
import { contentGiven } from "./secrets.ts";

/** How a file is used, for the message when it cannot be read. */
export interface FileUse {
  /** The next step when it is not there. */
  readonly hint: string;
  /** The next step when the thing itself was given instead of the name of a file. */
  readonly instead?: string;
  /** Largest file that is read, bytes; 64 MiB where nothing else is said. */
  readonly maxBytes?: number;
}

const MAX_BYTES = 64 * 1024 * 1024;
const CHUNK_BYTES = 64 * 1024;

const REASONS: ReadonlyMap<unknown, string> = new Map([
  ["ENOENT", "there is no such file"],
  ["ENOTDIR", "there is no such file"],
  ["EISDIR", "it is a folder"],
  ["EACCES", "reading it is not allowed"],
  ["EPERM", "reading it is not allowed"],
  ["ENAMETOOLONG", "there is no such file"],
]);

/**
 * Reads a file that the user named. Nothing else waits meanwhile, and what reads without waiting takes longer to load than
 * most files to read.
 *
 * @throws HarnessError `ERR_FILE_UNREADABLE`; or `ERR_USAGE` for a token, a message or a key in place of a name, which is
 *   never shown
 */
export function readFileBytes(
  file: string,
  { hint, instead = hint, maxBytes = MAX_BYTES }: FileUse,
): Uint8Array {
  let read: Uint8Array | { readonly tooLong: string };
  try {
    const descriptor = openSync(file, "r");
    try {
      read = readAtMost(descriptor, maxBytes);
    } finally {
      closeSync(descriptor);
    }
  } catch (cause) {
    throw unreadable(file, cause, hint, instead);
  }
  if (!("tooLong" in read)) return read;
  const message = `${file} has ${read.tooLong} bytes; ${maxBytes} are read at most`;
  throw new HarnessError(
    "ERR_FILE_UNREADABLE",
    message,
    "Split it, or leave out what is not about the sign-in.",
  );
}

/** A pipe has no size before its end, and a device may have no end: what counts is what comes. */
function readAtMost(descriptor: number, maxBytes: number): Uint8Array | { readonly tooLong: string } {
  const { size } = fstatSync(descriptor);
  if (size > maxBytes) return { tooLong: String(size) };
  const chunks: Uint8Array[] = [];
  let total = 0;
  for (;;) {
    // One more than is left: the end of a file of known size shows in the same read.
    const chunk = Buffer.allocUnsafe(Math.max(size - total + 1, CHUNK_BYTES));
    const bytes = readSync(descriptor, chunk);
    if (bytes === 0) return Buffer.concat(chunks, total);
    total += bytes;
    if (total > maxBytes) return { tooLong: `more than ${maxBytes}` };
    chunks.push(chunk.subarray(0, bytes));
  }
}

function unreadable(file: string, cause: unknown, hint: string, instead: string): HarnessError {
  const content = contentGiven(file);
  if (content !== undefined) {
    return new HarnessError("ERR_USAGE", `an argument is ${content}, not the name of a file`, instead);
  }
  if (/^https?:\/\//i.test(file)) {
    const fetched = "Nothing is fetched: save the document, and name that file.";
    return new HarnessError("ERR_FILE_UNREADABLE", `${file} is an address, not a file`, fetched, { cause });
  }
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  const reason = REASONS.get(code);
  const message = reason === undefined ? `cannot read ${file}` : `cannot read ${file}: ${reason}`;
  return new HarnessError("ERR_FILE_UNREADABLE", message, hint, { cause });
}

/**
 * Reads a text file that the user named, in UTF-8 or UTF-16.
 *
 * @throws HarnessError as `readFileBytes`, and `ERR_FILE_UNREADABLE` when it is no text
 */
export function readTextFile(file: string, hint: string): string {
  const text = decodeText(readFileBytes(file, { hint }));
  if (text !== undefined) return text;
  throw new HarnessError(
    "ERR_FILE_UNREADABLE",
    `cannot read ${file}: it is not text in UTF-8 or UTF-16`,
    hint,
  );
}
