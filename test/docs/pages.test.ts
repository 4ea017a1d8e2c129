import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { readDeclarations } from "../../docs/declarations.ts";
import { generatedPages } from "../../docs/pages.ts";
import * as library from "../../src/index.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const pages = await generatedPages();

test.each(Object.entries(pages))(
  "docs/%s says what the source says (node docs/write.ts)",
  async (file, text) => {
    expect(await readFile(new URL(`../../docs/${file}`, import.meta.url), "utf8")).toBe(text);
  },
);

function titles(text = ""): readonly string[] {
  return [...text.matchAll(/^### `?([^`\n]+)/gm)].map(([, title = ""]) => title);
}

test("every exported value has a section, and every rule", () => {
  expect(titles(pages["api.md"])).toEqual(
    expect.arrayContaining([...Object.keys(library), "Verdict", "Policy"]),
  );
  expect(titles(pages["rules.md"])).toEqual(library.rules.map(({ id }) => id));
});

describe("readDeclarations", () => {
  const entry = 'export { f, type T } from "./a.ts";\nexport type { I } from "./a.ts";\n';
  const read = async (a: string) => {
    await using folder = await temporaryFolder({ "index.ts": entry, "a.ts": a });
    return await readDeclarations(new URL(`file://${folder.path}/index.ts`));
  };
  const f =
    "/**\n * Does it.\n *\n * @param x seconds\n * @returns more\n */\nexport function f(x: number): { y: 1 } {\n  return g(x);\n}\n";
  const t = '\n/** One of them. */\nexport type T =\n  | { readonly a: 1; readonly b: 2 }\n  | "b";\n';
  const i = "\n/** It has: */\nexport interface I {\n  /** Doc. */\n  readonly a: string;\n}\n";

  test("takes the comment and the signature, and leaves the body", async () => {
    expect(await read(f + t + i)).toEqual([
      {
        name: "f",
        kind: "function",
        doc: "Does it.\n\n- `x`: seconds\n- _returns_: more",
        code: "function f(x: number): { y: 1 }",
      },
      {
        name: "T",
        kind: "type",
        doc: "One of them.",
        code: 'type T =\n  | { readonly a: 1; readonly b: 2 }\n  | "b";',
      },
      {
        name: "I",
        kind: "type",
        doc: "It has:",
        code: "interface I {\n  /** Doc. */\n  readonly a: string;\n}",
      },
    ]);
  });

  test.each([
    { what: "without a comment", a: f.replace(/\/\*\*[^]*?\*\/\n/, "") + t + i },
    { what: "missing", a: f + t },
  ])("an export $what is an error", async ({ a }) => {
    await expect(read(a)).rejects.toThrow("under a doc comment");
  });
});
