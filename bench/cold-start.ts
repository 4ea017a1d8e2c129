import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Measured } from "./goal.ts";
import { median } from "./median.ts";

const ROUNDS = 9;
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Milliseconds, median of alternating rounds. */
async function compare(ours: () => Promise<number>, theirs: () => Promise<number>) {
  const times = { ours: [] as number[], theirs: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    times.ours.push(await ours());
    times.theirs.push(await theirs());
  }
  return { ours: median(times.ours), theirs: median(times.theirs) };
}

/** Goal 6: spawn to the first 200 of the OIDC discovery document. */
export async function measureIdpStart(): Promise<Measured> {
  const discovery = "/.well-known/openid-configuration";
  const { ours, theirs } = await compare(
    async () => await untilFirstAnswer(here("peers/mock-idp.js"), `/oidc${discovery}`),
    async () => await untilFirstAnswer(here("peers/bare-oidc-provider.js"), discovery),
  );
  return {
    goal: "6 mock IdP with both protocols, spawn to first 200",
    peer: "bare oidc-provider",
    ratio: ours / theirs,
    must: { bar: 0.75, better: "less" },
    figures: `${Math.round(ours)} ms against ${Math.round(theirs)} ms`,
  };
}

async function untilFirstAnswer(script: string, path: string): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "ignore"] });
  try {
    for await (const line of createInterface(child.stdout)) {
      const port = /^listening (\d+)$/.exec(line)?.[1];
      if (port === undefined) continue;
      const answer = await fetch(`http://127.0.0.1:${port}${path}`);
      if (answer.status !== 200) throw new Error(`${script} answered ${answer.status}`);
      await answer.arrayBuffer();
      return performance.now() - started;
    }
    throw new Error(`${script} never listened`);
  } finally {
    child.kill("SIGKILL");
    await once(child, "close");
  }
}

const SCENARIO = `id: empty
title: the smallest scenario
why: to measure the start
references: [goal 12]
emission: { channel: oidc, profile: password-and-otp }
transport: [direct]
expect: { verdict: compliant }
`;
const EMPTY_TEST = `import { test } from "vitest";\ntest("empty", () => undefined);\n`;

/** Goal 12: one smallest scenario by the built command line, against vitest with one empty test; spawn to exit. */
export async function measureRunStart(): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), "mfa-harness-bench-"));
  try {
    await mkdir(join(folder, "scenarios"));
    await writeFile(join(folder, "scenarios/empty.yaml"), SCENARIO);
    await writeFile(join(folder, "empty.test.ts"), EMPTY_TEST);
    await symlink(here("../node_modules"), join(folder, "node_modules"));
    const { ours, theirs } = await compare(
      async () =>
        await untilExit(here("../dist/harness/cli/main.js"), ["run", "scenarios", "-r", "list"], folder),
      async () => await untilExit(here("../node_modules/vitest/vitest.mjs"), ["run"], folder),
    );
    return {
      goal: "12 run of one smallest scenario, spawn to exit",
      peer: "vitest run of one empty test",
      ratio: ours / theirs,
      must: { bar: 0.35, better: "less" },
      figures: `${Math.round(ours)} ms against ${Math.round(theirs)} ms`,
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function untilExit(script: string, args: readonly string[], cwd: string): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, [script, ...args], { cwd, stdio: "ignore" });
  await once(child, "exit");
  if (child.exitCode !== 0) throw new Error(`${script} ended with ${child.exitCode}`);
  return performance.now() - started;
}
