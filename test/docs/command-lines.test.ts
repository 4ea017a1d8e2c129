import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { z } from "zod";
import { EXAMPLES } from "../../harness/cli/examples.ts";
import { createProgram } from "../../harness/cli/program.ts";
import { examplesIn, ROOT } from "./pages-by-hand.ts";

const shown = (await examplesIn("sh")).flatMap(({ at, code }) =>
  code.split("\n").map((line) => ({ at, line: line.trim() })),
);
const inHelp = Object.entries(EXAMPLES).flatMap(([command, lines]) =>
  lines.map(([line]) => ({ at: `help of ${command}`, line })),
);
const ours = [...shown, ...inHelp].filter(({ line }) => line.startsWith("mfa-harness "));

/** The words of a command line: quotes taken off, comments and redirections left out. */
function wordsOf(line: string): readonly string[] {
  const [command = ""] = line.split(/ +#| +[<>] /);
  return [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? "",
  );
}

/** Takes a command line as far as the flags: no command does anything. */
async function parse(line: string): Promise<string> {
  const [, ...words] = wordsOf(line);
  const program = createProgram(undefined);
  let called = "";
  for (const command of [program, ...program.commands]) command.exitOverride();
  for (const command of program.commands) command.action(() => void (called = command.name()));
  await program.parseAsync(words, { from: "user" });
  return called;
}

test.each(ours)("$at: $line", async ({ line }) => {
  expect(await parse(line)).toBe(wordsOf(line)[1]);
});

test("every command has an example in its help, and no other", () => {
  const names = createProgram(undefined).commands.map((command) => command.name());
  expect(Object.keys(EXAMPLES)).toEqual(expect.arrayContaining(["mfa-harness", ...names]));
  expect(Object.keys(EXAMPLES)).toHaveLength(names.length + 1);
});

const packageSchema = z.object({ scripts: z.record(z.string(), z.string()) });

test("every npm script that is named is there", async () => {
  const { scripts } = packageSchema.parse(JSON.parse(await readFile(new URL("package.json", ROOT), "utf8")));
  const lines = shown.map(({ line }) => line);
  const named = lines.flatMap((line) => [...line.matchAll(/npm (?:run )?([a-z][a-z:-]*)/g)].map((m) => m[1]));
  const known = [...Object.keys(scripts), "ci", "install"];
  expect(named.filter((name = "") => !known.includes(name))).toEqual([]);
});
