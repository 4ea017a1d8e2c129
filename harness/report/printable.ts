/**
 * Text from an artifact or a page made safe to print: a control character, which could move the cursor, recolour
 * the terminal or fake a line, becomes U+FFFD.
 */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]/gu, "\uFFFD");
}
