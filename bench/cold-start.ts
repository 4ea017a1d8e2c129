import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startIdp } from "../harness/idp/start-idp.ts";
import type { Measured } from "./goal.ts";
import { compareInTurn, untilExit, untilFirstAnswer } from "./process.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const COMMAND_LINE = here("../dist/harness/cli/main.js");
const DISCOVERY = "/.well-known/openid-configuration";

/** Goals 6 and 7: spawn to the first 200 of the OIDC discovery document, and the memory then taken. */
export async function measureIdpStart(): Promise<readonly Measured[]> {
  const memory = { ours: 0, theirs: 0 };
  const start = async (who: keyof typeof memory, script: string, path: string): Promise<number> => {
    const answer = await untilFirstAnswer(here(script), [path]);
    memory[who] = answer.memory;
    return answer.milliseconds;
  };
  const { ours, theirs } = await compareInTurn(
    async () => await start("ours", "peers/mock-idp.js", `/oidc${DISCOVERY}`),
    async () => await start("theirs", "peers/bare-oidc-provider.js", DISCOVERY),
  );
  return [
    {
      goal: "6 mock IdP with both protocols, spawn to first 200",
      peer: "bare oidc-provider",
      ratio: ours / theirs,
      must: { bar: 0.75, better: "less" },
      figures: `${Math.round(ours)} ms against ${Math.round(theirs)} ms`,
    },
    {
      goal: "7 memory of the mock IdP when up",
      peer: "bare oidc-provider",
      ratio: memory.ours / memory.theirs,
      must: { bar: 1.1, better: "less" },
      figures: `${Math.round(memory.ours)} MB against ${Math.round(memory.theirs)} MB`,
    },
  ];
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

/** Goals 12 and 13: the built command line with one smallest task, spawn to exit. */
export async function measureCommandLine(now: number): Promise<readonly Measured[]> {
  const folder = await mkdtemp(join(tmpdir(), "mfa-harness-bench-"));
  try {
    await mkdir(join(folder, "scenarios"));
    await writeFile(join(folder, "scenarios/empty.yaml"), SCENARIO);
    await writeFile(join(folder, "empty.test.ts"), EMPTY_TEST);
    await symlink(here("../node_modules"), join(folder, "node_modules"));
    await writeToken(folder, now);
    return [await measureRun(folder), await measureJudge(folder, now)];
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function writeToken(folder: string, now: number): Promise<void> {
  await using idp = await startIdp();
  const request = { user: "a.gent@partner.example", audience: "bench", now };
  const { artifact } = await idp.issue(
    { channel: "oidc", profile: "password-and-otp", patch: [], tamper: [], key: "published", ignore: [] },
    request,
  );
  await writeFile(join(folder, "token.jwt"), artifact);
  await writeFile(join(folder, "jwks.json"), JSON.stringify(idp.trust.jwks));
}

async function measureRun(folder: string): Promise<Measured> {
  const vitest = here("../node_modules/vitest/vitest.mjs");
  const { ours, theirs } = await compareInTurn(
    async () => await untilExit([COMMAND_LINE, "run", "scenarios", "-r", "list"], folder),
    async () => await untilExit([vitest, "run"], folder),
  );
  return {
    goal: "12 run of one smallest scenario, spawn to exit",
    peer: "vitest run of one empty test",
    ratio: ours / theirs,
    must: { bar: 0.35, better: "less" },
    figures: `${Math.round(ours)} ms against ${Math.round(theirs)} ms`,
  };
}

async function measureJudge(folder: string, now: number): Promise<Measured> {
  const judge = [COMMAND_LINE, "judge", "token.jwt", "--keys", "jwks.json", "--now", String(now)];
  // It ends with 0 only when the signature holds and MFA is stated.
  const { ours, theirs } = await compareInTurn(
    async () => await untilExit(judge, folder),
    async () => await untilExit(["-e", "0"], folder),
  );
  return {
    goal: "13 judge of one token with verification, spawn to exit",
    peer: "node -e 0",
    ratio: ours / theirs,
    must: { bar: 1.9, better: "less" },
    figures: `${Math.round(ours)} ms against ${Math.round(theirs)} ms`,
  };
}
