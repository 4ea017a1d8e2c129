import { prologEnd } from "./xml-kind.ts";

/** A part of a text: a message in XML, or what lies between. */
export interface TextPart {
  readonly message: boolean;
  readonly text: string;
}

/** The root of a message that is judged, whatever its prefix. */
const ROOT = /<((?:[^\s<>!?/:"']{1,80}:)?(?:Response|RequestSecurityTokenResponse(?:Collection)?))(?=[\s>])/g;
/** The same root in a text that a page or a log has escaped. */
const ESCAPED =
  /&lt;(?:[^\s<>!?/:"'&;]{1,80}:)?(?:Response|RequestSecurityTokenResponse(?:Collection)?)(?=\s|&gt;)/;
/** What stands in front of a message that is not part of other XML: text, or an arrow. */
const BEFORE = /(?:^|[^>\s]|[-=]>)\s{0,99}$/;
/** What a prolog may begin with: it belongs to the message, and may be what is wrong with it. */
const PROLOG = /<(?:\?|!--|!DOCTYPE)/gi;
const LOOK_BACK = 2048;
const MAX_PROLOGS = 8;
/** How many roots are tried in vain that others seem to close, each of which costs one look at all that follows. */
const MAX_VAIN = 16;
const MAX_NAMES = 16;

/**
 * Finds the messages that stand in a text, as a log writes them, each from the beginning of its root to the end. What
 * is inside other XML, or inside a string of JSON, is left to those who read these.
 *
 * @returns the whole text in parts; undefined when there is no message in it
 */
export function xmlMessages(text: string): readonly TextPart[] | undefined {
  const parts: TextPart[] = [];
  const isClosed = closings(text);
  let position = 0;
  let vain = 0;
  ROOT.lastIndex = 0;
  for (let match = ROOT.exec(text); match !== null && vain < MAX_VAIN; match = ROOT.exec(text)) {
    const { index: root, 1: name = "" } = match;
    const start = isClosed(root, name) ? startOf(text, root, position) : undefined;
    if (start === undefined) continue;
    const end = endOf(text, name, root);
    if (end === undefined) vain += 1;
    else {
      parts.push({ message: false, text: text.slice(position, start) });
      parts.push({ message: true, text: text.slice(start, end) });
      position = end;
      ROOT.lastIndex = end;
    }
  }
  return parts.length === 0 ? undefined : [...parts, { message: false, text: text.slice(position) }];
}

/** Makes a look-up whether a tag that closes a name comes later, which looks at the text once for each of a few names. */
function closings(text: string): (root: number, name: string) => boolean {
  const last = new Map<string, number>();
  return (root, name) => {
    if (!last.has(name) && last.size < MAX_NAMES) last.set(name, text.lastIndexOf(`</${name}`));
    return (last.get(name) ?? -1) > root;
  };
}

/** Whether a text holds a message whose markup was escaped. */
export function holdsEscapedMessage(text: string): boolean {
  return ESCAPED.test(text);
}

/** Where the message of a root begins, with its prolog; undefined when the root is inside other XML, or a string of JSON. */
function startOf(text: string, root: number, from: number): number | undefined {
  const tag = text.slice(root, root + LOOK_BACK).split(">", 1)[0] ?? "";
  if (tag.includes('\\"')) return undefined;
  const before = text.slice(Math.max(from, root - LOOK_BACK), root);
  const prologs = [...before.matchAll(PROLOG)].slice(0, MAX_PROLOGS);
  const prolog = prologs.find(({ index }) => prologEnd(before, index) === before.length);
  if (prolog !== undefined) return root - before.length + prolog.index;
  return BEFORE.test(before) ? root : undefined;
}

/** The index behind the tag that closes the element at `start`; undefined when none does. */
function endOf(text: string, name: string, start: number): number | undefined {
  const closing = `</${name}`;
  let depth = 0;
  for (let index = start; index !== -1; index = text.indexOf("<", index + 1)) {
    if (text.startsWith(closing, index) && /[\s>]/.test(text.charAt(index + closing.length))) depth -= 1;
    else if (text.startsWith(`<${name}`, index) && /[\s>]/.test(text.charAt(index + name.length + 1)))
      depth += 1;
    if (depth > 0) continue;
    const end = text.indexOf(">", index);
    return end === -1 ? undefined : end + 1;
  }
  return undefined;
}
