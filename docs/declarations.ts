import { readFile } from "node:fs/promises";

/** An exported name with what its source says of it. */
export interface Declaration {
  readonly name: string;
  readonly kind: "function" | "value" | "type";
  /** The doc comment as Markdown, tags included. */
  readonly doc: string;
  /** The declaration without its body. */
  readonly code: string;
}

const EXPORT = /^export (type )?\{([^}]*)\} from "(\.[^"]+)";/gm;

/**
 * Reads what a module exports by name from others, and how each of them is declared there.
 *
 * @param entry a module that consists of `export { … } from "…"`, as Prettier writes it
 * @throws Error when an exported name has no declaration or no doc comment
 */
export async function readDeclarations(entry: URL): Promise<readonly Declaration[]> {
  const text = await readFile(entry, "utf8");
  const declarations: Declaration[] = [];
  for (const [, , names = "", from = ""] of text.matchAll(EXPORT)) {
    const source = await readFile(new URL(from, entry), "utf8");
    for (const name of names.split(",").map((item) => item.trim().replace(/^type /, ""))) {
      if (name !== "") declarations.push(declarationOf(name, source, from));
    }
  }
  return declarations;
}

function declarationOf(name: string, source: string, from: string): Declaration {
  const start = new RegExp(
    `^(/\\*\\*(?:(?!\\*/)[^])*\\*/)\\nexport (async function|function|const|interface|type) ${name}\\b`,
    "m",
  ).exec(source);
  const [whole = "", comment = "", keyword = ""] = start ?? [];
  if (start === null) throw new Error(`${from} does not declare ${name} under a doc comment`);
  const rest = source.slice(start.index + comment.length + 1);
  const kinds = { interface: "type", type: "type", const: "value" } as const;
  const kind = keyword in kinds && isKeyword(keyword) ? kinds[keyword] : "function";
  return { name, kind, doc: markdownOf(comment), code: codeOf(kind, rest, whole) };
}

function isKeyword(keyword: string): keyword is "interface" | "type" | "const" {
  return keyword === "interface" || keyword === "type" || keyword === "const";
}

/** Prettier ends a declaration at a line of its own: `}`, or a semicolon at the end of an unindented block. */
function codeOf(kind: Declaration["kind"], rest: string, whole: string): string {
  const ends = {
    function: /\s*\{\n(?= {2}\S)/,
    value: / =(?= |\n)/,
    type: /\n\}\n|;\n(?=\n|$|\/\*\*|export|import|function|const|interface|type)/,
  };
  const end = ends[kind].exec(rest);
  if (end === null) throw new Error(`cannot find the end of ${whole}`);
  const tail = kind === "type" ? end[0].trimEnd() : "";
  return `${rest.slice(0, end.index)}${tail.startsWith("}") ? "\n}" : tail}`.replace(/^export /, "");
}

function markdownOf(comment: string): string {
  return comment
    .replace(/^\/\*\*\s?|\s*\*\/$/g, "")
    .split("\n")
    .map((line) => line.replace(/^\s*\* ?/, ""))
    .join("\n")
    .replace(/^@param (\w+) /gm, "- `$1`: ")
    .replace(/^@(returns|throws|see) /gm, "- _$1_: ");
}
