import { headBehind } from "./base64-text.ts";
import { signatureEnds } from "./token-end.ts";
import { xmlKind } from "./xml-kind.ts";

const ENCODED = /^[\w+/=.\-\s]+$/;
/** Mail and PEM wrap at 76 and 64 columns; an artifact on a line of its own is longer than this. */
const WIDEST_COLUMN = 128;

/**
 * Undoes line breaks inside base64 or a token.
 *
 * @returns the text in one line; undefined when other characters are in it, or when it is several, one on each line
 */
export function unwrap(text: string): string | undefined {
  if (!ENCODED.test(text)) return undefined;
  const lines = text.split("\n").map((line) => line.trim());
  const [first = "", ...more] = lines;
  if (/\s/.test(lines.join("")) || (more.length > 0 && signatureEnds(first))) return undefined;
  return isEven(lines) || !more.some(beginsArtifact) ? withoutSoftBreaks(lines) : undefined;
}

/** Puts lines together; `=` at the end of every line but the last says that it goes on (RFC 2045 §6.7). */
export function withoutSoftBreaks(lines: readonly string[]): string {
  const isSoft = lines.slice(0, -1).every((line) => line.endsWith("="));
  return lines.map((line, index) => (isSoft && index < lines.length - 1 ? line.slice(0, -1) : line)).join("");
}

/** Whether all lines but the last are of one, narrow width: then the breaks say nothing. */
function isEven(lines: readonly string[]): boolean {
  const width = lines[0]?.length ?? 0;
  const last = lines.at(-1)?.length ?? 0;
  return width <= WIDEST_COLUMN && last <= width && lines.slice(0, -1).every((line) => line.length === width);
}

/** Whether a line begins a token, or a response in base64. */
export function beginsArtifact(line: string): boolean {
  const head = headBehind(line.split(".", 1)[0] ?? "");
  return head.startsWith("{") || (head.startsWith("<") && xmlKind(head) !== "other");
}
