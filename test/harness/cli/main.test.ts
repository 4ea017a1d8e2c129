import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const MAIN = fileURLToPath(new URL("../../../harness/cli/main.ts", import.meta.url));

interface Said {
  readonly code: unknown;
  readonly stderr: string;
}

/** The command line on a Node.js with these flags. */
async function run(...flags: readonly string[]): Promise<Said> {
  return await new Promise((resolve) => {
    execFile(process.execPath, [...flags, MAIN, "--version"], (error, _stdout, stderr) =>
      resolve({ code: error === null ? 0 : error.code, stderr }),
    );
  });
}

/** The command line on a Node.js that says it is of this version. */
async function runOn(version: string): Promise<Said> {
  const versions = JSON.stringify({ value: { node: version } });
  return await run("--import", `data:text/javascript,Object.defineProperty(process,"versions",${versions})`);
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

test("a Node.js that reads no TypeScript is told how to start the source", async () => {
  expect(await run("--no-experimental-strip-types")).toEqual({
    code: 2,
    stderr: `mfa-harness needs Node.js 22.18 or newer to run from its source; this is ${process.version}.
\`npm ci\` installs the right one: start it by \`npx node harness/cli/main.ts\`.
`,
  });
});
