const ALONE = /^id: *["']?([a-z0-9-]+)/m;
const CASES = /^cases:[^\S\n]*(?:#.*)?$/m;
const CASE = /^( +)["']?([a-z0-9-]+)["']?:/;

/**
 * The ids in the text of a scenario file, found without reading the YAML of it: of a scenario alone its `id`, of a table
 * the first keys below `cases`, each in a line that is indented as the first of them.
 */
export function idsInText(text: string): readonly string[] {
  const cases = CASES.exec(text);
  if (cases === null) {
    const [, id] = ALONE.exec(text) ?? [];
    return id === undefined ? [] : [id];
  }
  const below = text
    .slice(cases.index + cases[0].length)
    .split("\n")
    .slice(1);
  const end = below.findIndex((line) => /^[^\s#]/.test(line));
  const keys = below.slice(0, end === -1 ? undefined : end).flatMap((line) => {
    const [, indent = "", id = ""] = CASE.exec(line) ?? [];
    return id === "" ? [] : [{ indent: indent.length, id }];
  });
  return keys.filter(({ indent }) => indent === keys[0]?.indent).map(({ id }) => id);
}

/** What a scenario is called without the label that a matrix adds. */
export function nameOf(id: string): string {
  return id.replace(/\[.*$/s, "");
}
