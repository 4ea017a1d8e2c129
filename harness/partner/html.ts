/** Text that is HTML already; anything else is escaped when it is put into a page. */
export interface Markup {
  readonly markup: string;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Builds HTML: every value put in is escaped, unless it was built in the same way; lists are joined. */
export function html(
  fixed: TemplateStringsArray,
  ...values: readonly (string | Markup | readonly Markup[])[]
): Markup {
  const parts = fixed.map((text, index) => text + (index < values.length ? render(values[index]) : ""));
  return { markup: parts.join("") };
}

function render(value: string | Markup | readonly Markup[] | undefined): string {
  if (value === undefined) return "";
  if (typeof value === "string") return value.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
  if ("markup" in value) return value.markup;
  return value.map(({ markup }) => markup).join("");
}
