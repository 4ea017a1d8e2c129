/**
 * Text from an artifact, a page or a program made safe to print: a control character, which could move the cursor,
 * recolour the terminal, turn the direction of reading or fake a line, becomes U+FFFD. So does what stands before a
 * workflow command: a CI runner obeys one at the beginning of a line, whatever indent stands before it.
 */
export function printable(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, "\uFFFD")
    .replace(/^\s*(?=::|##\[)/u, "\uFFFD");
}
