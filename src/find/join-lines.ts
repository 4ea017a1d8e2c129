import { textBehind } from "./base64-text.ts";
import { signatureLengths } from "./token-end.ts";
import { beginsArtifact, withoutSoftBreaks } from "./wrapped.ts";

/** A line of a text, with what followed on the next ones; numbered from 1. */
export interface JoinedLine {
  readonly number: number;
  readonly text: string;
}

/** Narrower columns than these are not what a terminal, a mail or a listing wraps at. */
const NARROWEST = 40;
const ENCODED = /[\w+/=.%~-]/;
const CONTINUED = /^[\s>|]*([\w+/=.%~-]+)(.*)$/s;
/** What may follow the last piece of something quoted. */
const ENDING = /^["'`,;)\]}>\s\\]/;
/** What the next artifact begins with, whatever is left open before it: JSON, an XML declaration, a root. */
const NEXT = /^(?:ey[JA]|ew[0o]|PD94|PHNhb|PFJl|PHQ6)/;
/** The end of a response: base64 of it may break off after any other tag. */
const XML_END = /(?:Response|ResponseCollection)>\s*$/;

/**
 * Joins what a terminal, a mail or a listing of PowerShell has broken over several lines: a token or base64 that reaches
 * the end of its line goes on in the next one, when that holds nothing else and is no longer than the line before.
 *
 * @returns each line once, alone or with those that belong to it
 */
export function joinLines(lines: readonly string[]): readonly JoinedLine[] {
  const joined: JoinedLine[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const number = index + 1;
    const line = lines[index] ?? "";
    const chunks = continuation(line, lines, index + 1);
    joined.push({
      number,
      text: chunks.length === 0 ? line : withoutSoftBreaks([line.trimEnd(), ...chunks]),
    });
    index += chunks.length;
  }
  return joined;
}

function continuation(line: string, lines: readonly string[], from: number): readonly string[] {
  const open = openEnd(line);
  if (open === undefined) return [];
  const chunks: string[] = [];
  let progress = progressOf(open);
  let width = line.trimEnd().length;
  for (let index = from; index < lines.length && !isComplete(progress); index += 1) {
    const next = (lines[index] ?? "").trimEnd();
    const [, body = "", rest = ""] = CONTINUED.exec(next) ?? [];
    if (body === "" || next.length > width || NEXT.test(body)) break;
    if (rest !== "" && !ENDING.test(rest)) break;
    chunks.push(body + rest);
    progress = extend(progress, body);
    width = next.length;
    if (rest !== "") break;
  }
  return chunks;
}

/** The token or base64 that a line ends with, when it may go on. */
function openEnd(line: string): string | undefined {
  const text = line.trimEnd();
  if (text.length < NARROWEST) return undefined;
  let start = text.length;
  while (start > 0 && ENCODED.test(text.charAt(start - 1))) start -= 1;
  const word = text.slice(start);
  const value = /^[\w.%-]{1,64}=(?=.)/.test(word) ? word.slice(word.indexOf("=") + 1) : word;
  return beginsArtifact(value) ? value : undefined;
}

/** How far a token or base64 has come, so that nothing is read twice. */
interface Progress {
  readonly header: string;
  readonly dots: number;
  /** What stands behind the last dot, at most as much of it as tells the end of XML. */
  readonly tail: string;
  readonly tailLength: number;
}

const TAIL = 64;

function progressOf(text: string): Progress {
  return extend({ header: "", dots: 0, tail: "", tailLength: 0 }, text);
}

function extend(progress: Progress, chunk: string): Progress {
  const parts = chunk.split(".");
  const last = parts.at(-1) ?? "";
  const dots = progress.dots + parts.length - 1;
  const header = progress.dots === 0 ? progress.header + (parts[0] ?? "") : progress.header;
  const tail = parts.length > 1 ? last : progress.tail + last;
  const tailLength = parts.length > 1 ? last.length : progress.tailLength + last.length;
  return { header, dots, tail: tail.slice(-(TAIL + (tailLength % 4))), tailLength };
}

function isComplete({ header, dots, tail, tailLength }: Progress): boolean {
  if (dots > 0) return dots === 2 && signatureLengths(header).includes(tailLength);
  const end = textBehind(tail.slice(tail.length % 4 === tailLength % 4 ? 0 : tail.length % 4));
  return typeof end === "string" && XML_END.test(end);
}
