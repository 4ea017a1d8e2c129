import { cell, type Node, readSchema, rowsOf, table, told, unionOf } from "./schema-table.ts";

const HEADING = "## Every word";

const NOTE = "<!-- From here on written by `node docs/write.ts`; do not edit. -->";

const INTRODUCTION =
  "Every word and value of the schema. `a.b` is the member `b` of `a`, `a[]` each element of the list `a`; **bold** has to be there.";

/** The page on scenarios: what was written by hand, and then every word of the JSON Schema. */
export function scenariosPage(page: string, jsonSchema: unknown): string {
  const [byHand = ""] = page.split(`${HEADING}\n`);
  const kinds = unionOf(readSchema(jsonSchema));
  const scenario = kinds.find(({ properties = {} }) => "emission" in properties) ?? {};
  const tables = kinds.filter((kind) => kind !== scenario);
  const { patch = {}, tamper = {} } = scenario.properties?.["emission"]?.properties ?? {};
  return [
    byHand.trimEnd(),
    HEADING,
    NOTE,
    INTRODUCTION,
    table([scenario, ...tables].flatMap((kind) => rowsOf(kind))),
    "### Every patch",
    operations(patch),
    "### Every tamper",
    operations(tamper),
    "",
  ].join("\n\n");
}

/** What a list may hold, a row for each `op`. */
function operations({ items = {} }: Node): string {
  const rows = unionOf("length" in items ? {} : items).map(operation);
  return ["| `op` | does | with |", "| --- | --- | --- |", ...rows].join("\n");
}

function operation({ properties = {}, required = [] }: Node): string {
  const { op = {}, ...others } = properties;
  const members = Object.entries(others).map(([name, node]) => {
    const word = required.includes(name) && node.default === undefined ? `**\`${name}\`**` : `\`${name}\``;
    const { value, says } = told(name, node);
    return `${word}: ${value}${says === "" ? "" : `; ${cell(says)}`}`;
  });
  return `| \`${String(op.const)}\` | ${cell(op.description ?? "")} | ${members.join("<br>")} |`;
}
