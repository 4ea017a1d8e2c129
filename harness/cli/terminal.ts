import { writeSync } from "node:fs";
import { printableLines } from "../report/printable.ts";

/** Standard output and standard error. */
type Descriptor = 1 | 2;

/** Exit code of a program whose reader has gone, by convention: it must not look like one that came to its end. */
const READER_GONE = 141;

/**
 * Whether text goes straight to the descriptor: the streams take longer to load than a short command has to do. Windows
 * shows other characters than ASCII only through them.
 */
let isDirect = process.platform !== "win32";

/** Writes lines to standard output. What they quote of others is safe to print by then. */
export function print(text: string): void {
  write(1, printableLines(text));
}

/** Writes what a reporter made, colours included, to standard output. */
export function printReport(text: string): void {
  write(1, text);
}

/** Writes lines to standard error, as {@link print} does. */
export function fail(text: string): void {
  write(2, printableLines(text));
}

function write(descriptor: Descriptor, text: string): void {
  let rest: Uint8Array = Buffer.from(text);
  while (isDirect && rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      leaveToStreams(error);
    }
  }
  if (rest.length === 0) return;
  const stream = descriptor === 1 ? process.stdout : process.stderr;
  if (stream.listenerCount("error") === 0) stream.on("error", endUnlessRead);
  stream.write(rest);
}

/** A pipe that is full for the moment is what streams can wait for; from then on they write, so that the order is kept. */
function leaveToStreams(error: unknown): void {
  if (codeOf(error) !== "EAGAIN") endUnlessRead(error);
  isDirect = false;
}

/** A reader that closes early (`| head`) has seen what it wanted: not a failure, and no stack trace. */
function endUnlessRead(error: unknown): void {
  if (codeOf(error) !== "EPIPE") throw error;
  process.exit(process.exitCode ?? READER_GONE);
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
