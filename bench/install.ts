import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Measured } from "./goal.ts";

const run = promisify(execFile);

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Every adapter that comes along, each in a thread of its own: what is measured has to work, too. */
const CONFIG = `targets:
  jose: { kind: library, adapter: jose }
  openid-client: { kind: library, adapter: openid-client }
  node-saml: { kind: library, adapter: node-saml }
  samlify: { kind: library, adapter: samlify }
`;
const CASES = "^(id-token-with-mfa|class-refeds-mfa)/direct";

/**
 * Goal 15: the package as npm would publish it, installed into an empty folder without a browser.
 *
 * @throws Error when what is installed does not run, or needs a package that is not there
 */
export async function measureInstall(): Promise<readonly Measured[]> {
  const folder = await mkdtemp(join(tmpdir(), "mfa-harness-install-"));
  try {
    const packed = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
    await run("npm", packed, { cwd: ROOT });
    const archive = (await readdir(folder)).find((name) => name.endsWith(".tgz")) ?? "";
    await writeFile(join(folder, "package.json"), `{ "private": true }\n`);
    await run("npm", ["install", "--omit=dev", "--no-audit", "--no-fund", `./${archive}`], { cwd: folder });
    await useIt(folder);
    const megabytes = (await diskUse(join(folder, "node_modules"))) / 2 ** 20;
    const { stdout } = await run("npm", ["ls", "--all", "--parseable"], { cwd: folder });
    // The first line is the folder itself.
    const packages = stdout.trim().split("\n").length - 1;
    return [within("disk", megabytes, 25, "MB"), within("packages", packages, 130, "packages")];
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function useIt(folder: string): Promise<void> {
  await writeFile(join(folder, "mfa-harness.yaml"), CONFIG);
  const program = join(folder, "node_modules/mfa-harness/dist/harness/cli/main.js");
  await run(process.execPath, [program, "run", "-r", "list", "--grep", CASES], { cwd: folder });
}

async function diskUse(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true });
  const sizes = await Promise.all(entries.map(async (name) => (await stat(join(folder, name))).blocks * 512));
  return sizes.reduce((sum, size) => sum + size, 0);
}

function within(what: string, found: number, limit: number, unit: string): Measured {
  return {
    goal: `15 install without a browser, production dependencies, ${what}`,
    peer: `${limit} ${unit}`,
    ratio: found / limit,
    must: { bar: 1, better: "less" },
    figures: `${found.toFixed(0)} ${unit}`,
  };
}
