import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const runFile = promisify(execFile);

/**
 * Runs a tool of node_modules over a small project, as somebody who tests with it does.
 *
 * @param script of the tool, below node_modules
 * @returns what it printed
 * @throws when it ends with another code than 0, with what it printed
 */
export async function runTool(script: string, ...args: readonly string[]): Promise<string> {
  // The outer run tells its children through the environment that they are workers of it.
  const own = Object.entries(process.env).filter(([name]) => !/^(VITEST|TEST|NODE_OPTIONS|JEST_)/.test(name));
  const options = { cwd: ROOT, env: Object.fromEntries(own) };
  const { stdout } = await runFile(
    process.execPath,
    [`${ROOT}node_modules/${script}`, ...args],
    options,
  ).catch((cause: unknown) => {
    const printed = cause instanceof Error && "stdout" in cause ? String(cause.stdout) : "";
    throw new Error(`${script} failed:\n${printed}`, { cause });
  });
  return stdout;
}
