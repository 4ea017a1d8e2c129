/** What stands for each name in braces; undefined: this sign-in has nothing to put there. */
export type PatternValues = Readonly<Record<string, string | undefined>>;

/** The names that stand in braces in an address. */
export function placeholdersOf(pattern: string): readonly string[] {
  return [...pattern.matchAll(/\{(\w*)\}/g)].flatMap(([, name]) => (name === undefined ? [] : [name]));
}

/**
 * Puts values into an address, so that each stays what it is wherever it stands. A parameter of the query that is nothing
 * but a name without a value is left out: an empty one says something else.
 */
export function filledIn(pattern: string, values: PatternValues): string {
  const [path = "", query] = pattern.split(/\?(.*)/s);
  const parameters = query?.split("&").filter((parameter) => !isLeftOut(parameter, values)) ?? [];
  const wanted = parameters.length === 0 ? path : `${path}?${parameters.join("&")}`;
  return wanted.replaceAll(/\{(\w*)\}/g, (_placeholder, name: string, at: number) => {
    const value = values[name] ?? "";
    return at === 0 ? value : encodeURIComponent(value);
  });
}

function isLeftOut(parameter: string, values: PatternValues): boolean {
  const [, name] = /^[^=]*=\{(\w*)\}$/.exec(parameter) ?? [];
  return name !== undefined && values[name] === undefined;
}
