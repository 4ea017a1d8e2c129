/** What is left of a value when case, width, scheme, white space and invisible characters are disregarded. */
function skeleton(value: string): string {
  return value
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s\u00ad\u200b-\u200f\u2060\ufeff]/g, "")
    .replaceAll("https:", "http:");
}

/** Whether a value holds an accepted one, but for what careless readers disregard. */
export function resembles(value: string, accepted: readonly string[]): boolean {
  return accepted.some((each) => skeleton(value).includes(skeleton(each)));
}
