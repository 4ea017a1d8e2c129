import { NOTE } from "./markdown.ts";
import { elementOf, type Node, readSchema, rowsOf, table, unionOf } from "./schema-table.ts";

const INTRODUCTION =
  "Every word of `mfa-harness.yaml`. `a.b` is the member `b` of `a`, `a[]` each element of the list `a`; **bold** has to be there. [Running](running.md#configuration) says where the file lies, [Targets](targets.md) and [The mock IdP](idp.md) have examples.";

/** The page of every word of the configuration, from its JSON Schema. */
export function configurationPage(jsonSchema: unknown): string {
  const { serve = {}, targets = {}, ...others } = readSchema(jsonSchema).properties ?? {};
  const kinds = unionOf(elementOf(targets));
  return [
    "# Configuration",
    NOTE,
    INTRODUCTION,
    "## The run",
    table(rowsOf({ properties: others })),
    "## targets",
    `${targets.description ?? ""}. A name is written in kebab-case; it becomes part of the ids of cases.`,
    ...kinds.flatMap((kind) => [`### kind: ${kindOf(kind)}`, table(rowsOf(kind))]),
    "## serve",
    "The mock IdP, as `serve` starts it and as targets find it.",
    table(rowsOf(serve)),
    "",
  ].join("\n\n");
}

function kindOf({ properties = {} }: Node): string {
  return String(properties["kind"]?.const);
}
