import type { Plugin } from "rolldown";

const DEFAULT_OR_NAMESPACE = /^(?:\* as )?([\w$]+)$/;

/** `{ a, b as c }` of an import is `{ a, b: c }` of a destructuring. */
function bindingsOf(clause: string): readonly string[] {
  const [, first, , named] = /^([^{,]+)?(, )?(\{.*\})?$/s.exec(clause) ?? [];
  const [, whole] = DEFAULT_OR_NAMESPACE.exec(first?.trim() ?? "") ?? [];
  return [
    ...(whole === undefined ? [] : [whole]),
    ...(named === undefined ? [] : [named.replaceAll(/([\w$]+) as ([\w$]+)/g, "$1: $2")]),
  ];
}

/**
 * Turns imports of Node's own modules into calls that hand over the very same module.
 *
 * An import makes a copy of everything that the module exports, and so loads what is meant to load late: `node:http`
 * brings a client of WebSocket, `node:util` the terminal. That is most of the time that a short command takes.
 *
 * @param code of one bundled file, its imports at the beginning of lines
 * @throws Error when an import or export of such a module stays
 */
export function builtinsOnDemand(code: string): string {
  const changed = code.replaceAll(
    /^import ([^"'()]+) from "(node:[\w/]+)";$/gm,
    (_whole, clause: string, name: string) =>
      bindingsOf(clause)
        .map((binding) => `const ${binding} = process.getBuiltinModule("${name}");`)
        .join(" "),
  );
  const [left] = /^(?:import|export) [^\n]*"node:[^\n]*/m.exec(changed) ?? [];
  if (left !== undefined) throw new Error(`cannot load on demand: ${left}`);
  return changed;
}

/** What some packages do only where no bundle is: the file, the text that must be there, and what stands for it. */
const REPLACED = [
  {
    // It starts programs only for commands that are programs of their own, of which there is none.
    file: /\/commander\/lib\/command\.js$/,
    text: "import childProcess from 'node:child_process';",
    by: "const childProcess = { spawn: (...all) => process.getBuiltinModule('node:child_process').spawn(...all) };",
  },
  {
    // An eval knows no `require` in a module.
    file: /\/covertable\/dist\/index\.js$/,
    text: `eval("require('crypto')")`,
    by: `process.getBuiltinModule("node:crypto")`,
  },
  {
    file: /\/covertable\/dist\/index\.js$/,
    text: `eval("require('buffer').Buffer")`,
    by: "Buffer",
  },
] as const;

/**
 * A package's file as the bundle takes it.
 *
 * @throws Error when the text that has to be replaced is not there any more
 */
export function adapted(file: string, code: string): string {
  let changed = code;
  for (const one of REPLACED.filter((each) => each.file.test(file.replaceAll("\\", "/")))) {
    if (!changed.includes(one.text)) throw new Error(`${file} does not hold ${one.text}`);
    changed = changed.replaceAll(one.text, () => one.by);
  }
  return changed;
}

/** Loads Node's own modules when they are needed, in every file of a bundle. */
export const builtinsPlugin: Plugin = {
  name: "builtins-on-demand",
  transform: (code, file) => adapted(file, code),
  renderChunk: (code) => builtinsOnDemand(code),
};
