import { execFile } from "node:child_process";
import { symlink } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { examplesIn, ROOT } from "./pages-by-hand.ts";

const examples = await examplesIn("ts");
const root = fileURLToPath(ROOT);

/** The package's exports, as its source has them. */
const EXPORTS = {
  "mfa-harness": "src/index.ts",
  "mfa-harness/harness": "harness/index.ts",
  "mfa-harness/vitest": "harness/testing/vitest.ts",
  "mfa-harness/jest": "harness/testing/jest.ts",
  "mfa-harness/playwright": "harness/testing/playwright.ts",
} as const;

const paths = Object.fromEntries(Object.entries(EXPORTS).map(([name, file]) => [name, [`${root}${file}`]]));

const CONFIGURATION = {
  extends: `${root}tsconfig.json`,
  compilerOptions: { paths },
  // Modules that have no types of their own are declared beside the code.
  include: ["*.ts", `${root}harness/**/*.d.ts`],
};

/** A file for each example, by where it stands. */
function filesOf(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    examples.map(({ at, code }) => [`${at.replaceAll(/[/:]/g, "-")}.ts`, `${code}\nexport {};\n`]),
  );
}

async function typeErrors(folder: string): Promise<string> {
  const tsc = `${root}node_modules/typescript/bin/tsc`;
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [tsc, "-p", folder]);
    return stdout;
  } catch (error) {
    return error instanceof Error && "stdout" in error ? String(error.stdout) : String(error);
  }
}

test("every TypeScript example has the types that the package exports", { timeout: 60_000 }, async () => {
  expect(examples.length).toBeGreaterThan(0);
  await using folder = await temporaryFolder({
    ...filesOf(),
    "package.json": '{"type":"module"}',
    "tsconfig.json": JSON.stringify(CONFIGURATION),
  });
  await symlink(`${root}node_modules`, `${folder.path}/node_modules`);
  expect(await typeErrors(folder.path)).toBe("");
});
