/**
 * What no terminal may get from text of others: controls, which move the cursor, recolour or fake a line; what turns the
 * direction of reading; separators of lines and paragraphs; what is no character.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\p{Bidi_Control}\u2028\u2029]/gu;

/**
 * A CI runner obeys `::error::` at the beginning of a line, whatever space stands before it. It compares as people of its
 * language would, who do not see what is invisible.
 */
const AT_BEGINNING = /^[\s\p{Default_Ignorable_Code_Point}]*(?=:\p{Default_Ignorable_Code_Point}*:)/u;

/** `##[error]`, `##vso[…]` and `##teamcity[…]` are obeyed wherever they stand. */
const ANYWHERE = /#(?=\p{Default_Ignorable_Code_Point}*#[\p{Default_Ignorable_Code_Point}a-z]*\[)/giu;

/** What nearly all text is: nothing of the above can be in it. */
const HARMLESS = /^(?:[ -"$-9;-~]|:(?!:)|#(?!#))*$/;

/**
 * Text from an artifact, a page, a program or a recording made safe to print in one line: what a terminal obeys becomes
 * U+FFFD, and with it is broken what a CI runner obeys. A tab becomes a space.
 */
export function printable(text: string): string {
  if (HARMLESS.test(text)) return text;
  return text
    .replaceAll("\t", " ")
    .replaceAll(UNPRINTABLE, "\uFFFD")
    .replace(AT_BEGINNING, "\uFFFD")
    .replaceAll(ANYWHERE, "#\uFFFD");
}

/** The same for text of several lines, which stay lines. */
export function printableLines(text: string): string {
  return HARMLESS.test(text) ? text : text.split("\n").map(printable).join("\n");
}

/** A value as JSON that is safe to print, too; nothing is lost, as JSON can write any character by its number. */
export function jsonText(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, undefined, indent) ?? "null";
  return text
    .replaceAll(UNPRINTABLE, (found) => (found === "\n" ? found : escaped(found)))
    .replaceAll(ANYWHERE, escaped);
}

function escaped(text: string): string {
  const units = Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
