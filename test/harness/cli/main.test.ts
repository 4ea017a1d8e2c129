import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const MAIN = fileURLToPath(new URL("../../../harness/cli/main.ts", import.meta.url));

/** The command line on a Node.js that says it is of this version. */
async function runOn(version: string): Promise<{ readonly code: unknown; readonly stderr: string }> {
  const versions = JSON.stringify({ value: { node: version } });
  const pretend = `data:text/javascript,Object.defineProperty(process,"versions",${versions})`;
  return await new Promise((resolve) => {
    execFile(process.execPath, ["--import", pretend, MAIN, "--version"], (error, _stdout, stderr) =>
      resolve({ code: error === null ? 0 : error.code, stderr }),
    );
  });
}

test.each([
  { version: "20.19.0", code: 2 },
  { version: "22.11.0", code: 2 },
  { version: "22.12.0", code: 0 },
  { version: "23.0.0", code: 0 },
])("Node.js $version → exit $code", async ({ version, code }) => {
  const said = await runOn(version);
  expect(said.code).toBe(code);
  const told = /^mfa-harness needs Node\.js (\d+\.\d+) or newer; this is v[\d.]+\.\n$/.exec(said.stderr)?.[1];
  expect(told === undefined).toBe(code === 0);
  const promised = await readFile(new URL("../../../package.json", import.meta.url), "utf8");
  if (told !== undefined) expect(promised).toContain(`"node": ">=${told}"`);
});
