import { expect, test } from "vitest";
import { adapted, builtinsOnDemand } from "../../scripts/build-builtins.ts";
import { comesWith } from "../../scripts/build-chunks.ts";
import { failOnWarning } from "../../scripts/build-warnings.ts";

const of = (name: string): string => `process.getBuiltinModule("${name}");`;

test.each([
  [`import { createHash } from "node:crypto";`, `const { createHash } = ${of("node:crypto")}`],
  [
    `import { request as request$1, get } from "node:http";`,
    `const { request: request$1, get } = ${of("node:http")}`,
  ],
  [`import * as tls from "node:tls";`, `const tls = ${of("node:tls")}`],
  [`import fs from "node:fs";`, `const fs = ${of("node:fs")}`],
  [`import fs, { stat } from "node:fs";`, `const fs = ${of("node:fs")} const { stat } = ${of("node:fs")}`],
  [`import { z } from "zod";`, `import { z } from "zod";`],
  [`const text = 'import fs from "node:fs";';`, `const text = 'import fs from "node:fs";';`],
])("%s → %s", (code, expected) => {
  expect(builtinsOnDemand(code)).toBe(expected);
});

test.each([`export { stat } from "node:fs";`, `import "node:fs";`, `export * from "node:fs";`])(
  "%s cannot wait, and is told",
  (code) => {
    expect(() => builtinsOnDemand(code)).toThrow("cannot load on demand");
  },
);

test("what is handed over is the module itself", async () => {
  const code = builtinsOnDemand(`import { join as put, sep } from "node:path";`);
  const loaded: unknown = await import(
    `data:text/javascript,${encodeURIComponent(`${code} export const path = put("a", sep);`)}`
  );
  expect(loaded).toMatchObject({ path: "a/" });
});

test.each([
  [
    "/node_modules/covertable/dist/index.js",
    `eval("require('crypto')") eval("require('buffer').Buffer")`,
    `${of("node:crypto").slice(0, -1)} Buffer`,
  ],
  [
    "/node_modules/commander/lib/command.js",
    "import childProcess from 'node:child_process';",
    "const childProcess = { spawn: (...all) => process.getBuiltinModule('node:child_process').spawn(...all) };",
  ],
])("%s is adapted, and a version that cannot be is told", (file, code, expected) => {
  expect(adapted(file, code)).toBe(expected);
  expect(() => adapted(file, "another version")).toThrow("does not hold");
  expect(adapted(`/elsewhere${file}x`, code)).toBe(code);
});

test("what comes with a module is what it imports at once, in circles too", () => {
  const imports: Readonly<Record<string, readonly string[]>> = {
    a: ["b", "c"],
    b: ["a"],
    c: [],
    late: ["c"],
  };
  expect([...comesWith("a", (id) => imports[id] ?? [])]).toEqual(["a", "b", "c"]);
});

test.each([
  { level: "warn", code: "UNRESOLVED_IMPORT", fails: true },
  { level: "warn", code: undefined, fails: true },
  { level: "warn", code: "PLUGIN_TIMINGS", fails: false }, // a slow machine builds the same
  { level: "warn", code: "BUNDLER_TIMINGS", fails: false },
  { level: "info", code: "UNRESOLVED_IMPORT", fails: false },
] as const)("the build fails by $level $code: $fails", ({ level, code, fails }) => {
  const take = (): void => failOnWarning(level, { message: "told", ...(code === undefined ? {} : { code }) });
  if (fails) expect(take).toThrow("told");
  else expect(take).not.toThrow();
});
