import { afterEach, expect, test, vi } from "vitest";
import { painter } from "../../../harness/report/paint.ts";

afterEach(() => vi.unstubAllEnvs());

test.each([
  { columns: 80, env: {}, isColoured: true },
  { columns: undefined, env: {}, isColoured: false },
  { columns: 80, env: { NO_COLOR: "1" }, isColoured: false },
  { columns: 80, env: { NO_COLOR: "" }, isColoured: true },
  { columns: undefined, env: { FORCE_COLOR: "1" }, isColoured: true },
  { columns: undefined, env: { FORCE_COLOR: "" }, isColoured: true },
  { columns: undefined, env: { FORCE_COLOR: "1", NO_COLOR: "1" }, isColoured: true },
  { columns: 80, env: { FORCE_COLOR: "0" }, isColoured: false },
  { columns: undefined, path: "report.txt", env: { FORCE_COLOR: "1" }, isColoured: false },
])("$columns columns, path $path, $env: coloured $isColoured", ({ columns, path, env, isColoured }) => {
  for (const name of ["NO_COLOR", "FORCE_COLOR"]) vi.stubEnv(name, undefined);
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const paint = painter({ write: () => undefined, columns, ...(path === undefined ? {} : { path }) });
  expect(paint("red", "word") === "word").toBe(!isColoured);
});
