const REFERENCE = /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|(lt|gt|amp|quot|apos));/g;
const NAMED: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/** Text of a page or of XML with its character references resolved. */
export function replaceReferences(text: string): string {
  return text.replace(REFERENCE, character);
}

function character(whole: string, decimal?: string, hex?: string, named?: string): string {
  if (named !== undefined) return NAMED[named] ?? whole;
  const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
  return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}
