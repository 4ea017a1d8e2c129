/** Marks text that stands for itself in JSON, whatever it is. */
const RAW: unique symbol = Symbol("raw text");

/** Text that is written into JSON as it stands: a duplicate member, a number too large, no JSON at all. */
export interface RawText {
  readonly [RAW]: string;
}

/** Makes text that `jsonText` writes as it stands. */
export function rawText(text: string): RawText {
  return { [RAW]: text };
}

/** The text of a raw value; undefined for any other value. */
export function textOfRaw(value: unknown): string | undefined {
  return typeof value === "object" && value !== null && RAW in value && typeof value[RAW] === "string"
    ? value[RAW]
    : undefined;
}

/** Writes JSON, raw text as it stands. */
export function jsonText(value: unknown): string {
  const texts: string[] = [];
  const json = JSON.stringify(value, (_name, member: unknown) => {
    const text = textOfRaw(member);
    return text === undefined ? member : `\u0000raw ${texts.push(text) - 1}\u0000`;
  });
  return (json ?? "").replaceAll(/"\\u0000raw (\d+)\\u0000"/g, (_all, index) => texts[Number(index)] ?? "");
}
