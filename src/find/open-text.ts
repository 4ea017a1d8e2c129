import type { JsonObject } from "../artifact.ts";
import { isHeader } from "./decoded-token.ts";
import { MIN_LENGTH, partOf, type Piece } from "./found-artifact.ts";
import { joinLines } from "./join-lines.ts";
import { type Block, jsonBlocks } from "./json-blocks.ts";
import { senseOf } from "./names.ts";
import { replaceReferences } from "./references.ts";
import { holdsEscapedMessage, type TextPart, xmlMessages } from "./xml-messages.ts";

/** What a line needs to be worth a look: the length of the shortest token, or a tag. */
const PROMISING = /[\w+/=.%~-]{20}|</;
const WORD = /[\w+/=.%~-]+/g;
const BREAK = /\r\n|\n|\r/;
/** `Name: Bearer …`, `name="…`, `'name': '…`, whatever stands before it. */
const NAMED = /([\w-]{1,64})["']?\s{0,40}[:=]\s{0,40}["'@{(]{0,3}(?:(?:Bearer|DPoP)\s{1,9})?$/i;
const LOOK_BACK = 160;
/** The cookies of a message: a session's own tokens are no evidence of a sign-in. */
const COOKIES = /^[\s<>*|]{0,9}(?:set-)?cookie2?\s{0,9}:/i;

/**
 * Takes text apart into the messages and the JSON in it and its lines, those together that something has broken; a single line into the
 * words that could be a token, base64 or `name=value`, each under the name before it if that says what it is.
 */
export function openText(piece: Piece): readonly Piece[] {
  const messages = xmlMessages(piece.text);
  if (messages !== undefined) return aroundMessages(piece, messages);
  if (holdsEscapedMessage(piece.text)) return [{ ...piece, text: replaceReferences(piece.text) }];
  if (!BREAK.test(piece.text)) return COOKIES.test(piece.text) ? [] : words(piece);
  return blocksAndLines(piece, piece.text, 0);
}

function aroundMessages(piece: Piece, messages: readonly TextPart[]): readonly Piece[] {
  if (!BREAK.test(piece.text)) {
    return messages.flatMap(({ message, text }) =>
      message ? [{ ...piece, text }] : words({ ...piece, text }),
    );
  }
  const parts: Piece[] = [];
  let before = 0;
  for (const { message, text } of messages) {
    if (message) parts.push(partOf(piece, `line ${before + 1}`, text, piece.name));
    else parts.push(...blocksAndLines(piece, text, before));
    before += text.split(BREAK).length - 1;
  }
  return parts;
}

function blocksAndLines(piece: Piece, text: string, before: number): readonly Piece[] {
  const blocks = jsonBlocks(text);
  return blocks === undefined ? lines(piece, text, before) : inBlocks(piece, blocks, before);
}

function inBlocks(piece: Piece, blocks: readonly Block[], from: number): readonly Piece[] {
  const parts: Piece[] = [];
  let header: JsonObject | undefined;
  let before = from;
  for (const block of blocks) {
    if (block.json) {
      const part = partOf(piece, `line ${before + 1}`, block.text, piece.name);
      parts.push(header === undefined ? part : { ...part, header });
      header = headerIn(block.text);
    } else parts.push(...lines(piece, block.text, before));
    before += block.text.split(BREAK).length - 1;
  }
  return parts;
}

function headerIn(json: string): JsonObject | undefined {
  const value: unknown = JSON.parse(json);
  return isHeader(value) ? value : undefined;
}

function lines(piece: Piece, text: string, before: number): readonly Piece[] {
  return joinLines(text.split(BREAK))
    .filter((line) => line.text.length >= MIN_LENGTH && PROMISING.test(line.text))
    .map((line) => partOf(piece, `line ${before + line.number}`, line.text, piece.name));
}

function words(piece: Piece): readonly Piece[] {
  const parts: Piece[] = [];
  for (const { 0: word, index } of piece.text.matchAll(WORD)) {
    if (word.length < MIN_LENGTH || word === piece.text) continue;
    const before = NAMED.exec(piece.text.slice(Math.max(0, index - LOOK_BACK), index))?.[1];
    parts.push({
      ...piece,
      text: word,
      name: senseOf(before) === "unknown" || before === undefined ? piece.name : before,
    });
  }
  return parts;
}
