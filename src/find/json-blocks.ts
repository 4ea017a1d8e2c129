/** A part of a text: JSON, or what lies between; `start` is the index of its first character. */
export interface Block {
  readonly json: boolean;
  readonly start: number;
  readonly text: string;
}

const OPENING = /(?:^|\n)[ \t]*(?=[{[])/g;
/** How tools write a decoded token: header, dot, payload. */
const FOLLOWING = /\s{0,9}\.\s{0,9}(?=\{)/y;
/** What no text in brackets begins with by chance: parsing each in vain takes time. */
const JSON_START = /^(?:\{\s*["}]|\[\s*[\]{["\dtfn-])/;
/** How many brackets without an end are tried, each of which costs one look at all that follows. */
const MAX_VAIN = 16;

/**
 * Finds the JSON that stands in a text over several lines, as tools print it, or header and payload of a decoded token
 * with a dot between them. JSON on one line is left to those who read lines.
 *
 * @returns undefined when there is none
 */
export function jsonBlocks(text: string): readonly Block[] | undefined {
  const blocks: Block[] = [];
  let position = 0;
  let vain = 0;
  for (let start = opening(text, 0); start !== undefined && vain < MAX_VAIN;) {
    const end = closing(text, start);
    const isBlock = end !== undefined && standsAlone(text, start, end, position);
    if (isBlock) {
      blocks.push({ json: false, start: position, text: text.slice(position, start) });
      blocks.push({ json: true, start, text: text.slice(start, end) });
      position = end;
    }
    if (end === undefined) vain += 1;
    start = (isBlock ? following(text, end) : undefined) ?? opening(text, end ?? start + 1);
  }
  return blocks.length === 0
    ? undefined
    : [...blocks, { json: false, start: position, text: text.slice(position) }];
}

function opening(text: string, from: number): number | undefined {
  OPENING.lastIndex = from;
  return OPENING.test(text) ? OPENING.lastIndex : undefined;
}

function following(text: string, from: number): number | undefined {
  FOLLOWING.lastIndex = from;
  return FOLLOWING.test(text) ? FOLLOWING.lastIndex : undefined;
}

/** Whether a block is JSON, and more than a line that is read as a line. */
function standsAlone(text: string, start: number, end: number, position: number): boolean {
  const block = text.slice(start, end);
  const isPart = following(text, end) !== undefined || (position > 0 && following(text, position) === start);
  return (isPart || block.includes("\n")) && JSON_START.test(block) && isJson(block);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The index behind the bracket that closes the one at `start`; undefined when none does. */
function closing(text: string, start: number): number | undefined {
  let depth = 0;
  for (let index = start; index < text.length; index += 1) {
    const char = text[index];
    if (char === '"') index = stringEnd(text, index);
    else if (char === "{" || char === "[") depth += 1;
    else if (char === "}" || char === "]") depth -= 1;
    if (depth === 0) return index + 1;
  }
  return undefined;
}

function stringEnd(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index += 1) {
    if (text[index] === "\\") index += 1;
    else if (text[index] === '"') return index;
  }
  return text.length;
}
