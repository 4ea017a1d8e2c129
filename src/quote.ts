const LIMIT = 80;

/** Control, format and invisible characters: they would change what a reader of the message sees. */
const UNSEEN = /[\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** Shows a value inside a message: as JSON, on one line, cut short, with nothing invisible in it. */
export function quote(value: unknown): string {
  const text = JSON.stringify(start(value)) ?? "nothing";
  const short = text.length > LIMIT ? `${text.slice(0, LIMIT)}…` : text;
  return short.replace(UNSEEN, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** As much of a long value as can be seen: each element or character takes at least one character of JSON. */
function start(value: unknown): unknown {
  return Array.isArray(value) || typeof value === "string" ? value.slice(0, LIMIT) : value;
}
