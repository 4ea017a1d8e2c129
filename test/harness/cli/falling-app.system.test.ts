import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readRecording } from "../../../harness/report/replay.ts";
import type { CaseResult } from "../../../harness/run/events.ts";
import { mfaHarness, startMfaHarness } from "../../support/command-line.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { deadOrigin } from "../transport/serve.ts";

const APP = fileURLToPath(new URL("apps/falling-app.ts", import.meta.url));

function scenario(id: string): string {
  const [profile, expected] =
    id === "good"
      ? ["password-and-otp", "{ verdict: compliant, decision: accept }"]
      : [
          "password-only\n",
          "{ verdict: non-compliant, findings: [oidc.amr.mfa-absent], decision: refuse }\ncontrol: good",
        ];
  return `id: ${id}
title: ${id}
why: for this test
references: [PSR-034]
emission: { channel: oidc, profile: ${profile.trim()} }
transport: [protocol]
expect: ${expected}
`;
}

const NEGATIVES = ["n1", "n2", "n3", "n4", "n5"];

const BROUGHT_DOWN = "this brought portal down: afterwards a good sign-in was not accepted either";

function isDownSince(id: string): string {
  return `portal is down and accepts no good sign-in: ${id}/protocol/portal brought it down`;
}

/** A folder with scenarios, and a portal that some of them bring down. */
async function folderWith(env: Readonly<Record<string, string>>, command = true) {
  const origin = await deadOrigin();
  const all = { PORT: new URL(origin).port, ...env };
  const started = { run: [process.execPath, APP], ready: `${origin}/health`, env: all };
  const config = {
    scenarios: ["s"],
    serve: {
      port: Number(new URL(await deadOrigin()).port),
      relyingParties: [
        { clientId: "portal", redirectUris: [`${origin}/callback`], responseTypes: ["id_token"] },
      ],
    },
    targets: {
      portal: {
        kind: "app",
        channels: ["oidc"],
        start: `${origin}/portal`,
        signedIn: { selector: "#who" },
        ...(command ? { command: started } : {}),
      },
    },
  };
  const files = ["good", ...NEGATIVES].map((id): [string, string] => [`s/${id}.yaml`, scenario(id)]);
  const folder = await temporaryFolder({
    ...Object.fromEntries(files),
    "mfa-harness.yaml": JSON.stringify(config),
  });
  return { ...folder, origin, env: all, issuer: `http://127.0.0.1:${config.serve.port}/oidc` };
}

async function resultsIn(folder: string): Promise<Readonly<Record<string, CaseResult>>> {
  const read = readRecording(await readFile(join(folder, "run.jsonl"), "utf8"));
  if ("message" in read) throw new TypeError(read.message);
  return Object.fromEntries(
    read.ends.map(({ id, result }): [string, CaseResult] => [id.replace(/\/.*/, ""), result]),
  );
}

function statuses(results: Readonly<Record<string, CaseResult>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(results).map(([id, { outcome }]) => [id, outcome.status]));
}

const PASSED = Object.fromEntries(["good", ...NEGATIVES].map((id): [string, string] => [id, "pass"]));

async function answers(origin: string): Promise<boolean> {
  return await fetch(`${origin}/health`, { signal: AbortSignal.timeout(500) }).then(
    () => true,
    () => false,
  );
}

const RUN = ["run", "-r", "jsonl:run.jsonl", "-r", "list"];

describe("an app that falls over", { timeout: 60_000 }, () => {
  test("is told with the case, its end and its last words, and is started again for the others", async () => {
    await using folder = await folderWith({ FALLS_AT: "^n2" });
    const { exitCode, stdout, stderr } = await mfaHarness([...RUN, "-w", "1"], folder.path);
    expect({ exitCode, stderr }).toEqual({ exitCode: 3, stderr: "" });
    const results = await resultsIn(folder.path);
    expect(statuses(results)).toEqual({ ...PASSED, n2: "error" });
    const [first, ...wrote] = results["n2"]?.outcome.differences ?? [];
    expect(first).toBe("during this case, portal was ended by SIGKILL");
    expect(wrote.at(-1)).toBe("  out of memory at n2.protocol.portal@partner.example");
    expect(stdout).toContain("during this case, portal was ended by SIGKILL");
    expect(await answers(folder.origin)).toBe(false);
  });

  test("takes along what ran beside; a retry, one after the other, finds who it was", async () => {
    await using folder = await folderWith({ FALLS_AT: "^n2" });
    await mfaHarness([...RUN, "-w", "8", "--retries", "1"], folder.path);
    const results = await resultsIn(folder.path);
    expect(statuses(results)).toEqual({ ...PASSED, n2: "error" });
    expect(results["n2"]?.outcome.differences[0]).toBe("during this case, portal was ended by SIGKILL");
    expect(results["n2"]?.retried?.[0]?.differences[0]).toMatch(
      /^during this case, beside .*, portal was ended by SIGKILL$/,
    );
  });

  test("that falls at its control: nothing that needs it is a pass", async () => {
    await using folder = await folderWith({ FALLS_AT: "^good" });
    const { exitCode } = await mfaHarness([...RUN, "-w", "1"], folder.path);
    expect(exitCode).toBe(3);
    const results = await resultsIn(folder.path);
    const inconclusive = NEGATIVES.map((id): [string, string] => [id, "inconclusive"]);
    expect(statuses(results)).toEqual({ good: "error", ...Object.fromEntries(inconclusive) });
  });

  test("that we did not start is not asked in vain for long, and nothing after its end is a pass", async () => {
    await using folder = await folderWith({ FALLS_AT: "^n2" }, false);
    const env = { ...process.env, ...folder.env, MFA_HARNESS_OIDC_ISSUER: folder.issuer };
    const app = spawn(process.execPath, [APP], { env, stdio: "ignore" });
    const ended = once(app, "exit");
    while (!(await answers(folder.origin)));
    const { exitCode } = await mfaHarness([...RUN, "-w", "1"], folder.path);
    await ended;
    expect(exitCode).toBe(1);
    const results = await resultsIn(folder.path);
    const untold = Object.fromEntries(["n3", "n4", "n5"].map((id): [string, string] => [id, "error"]));
    expect(statuses(results)).toEqual({ ...PASSED, n2: "fail", ...untold });
    expect(results["n2"]?.outcome.differences[0]).toBe(BROUGHT_DOWN);
    expect(results["n5"]?.outcome.differences).toEqual([isDownSince("n2")]);
  });

  test("that hangs was brought down by one case, and is not waited for in the others", async () => {
    await using folder = await folderWith({ FALLS_AT: "^n1", FALLS_BY: "SIGSTOP" });
    const { exitCode } = await mfaHarness([...RUN, "-w", "1", "--timeout", "2"], folder.path);
    expect(exitCode).toBe(1);
    const results = await resultsIn(folder.path);
    expect(Object.keys(results)).toHaveLength(1 + NEGATIVES.length);
    expect(results["n1"]?.outcome).toMatchObject({
      status: "fail",
      differences: [BROUGHT_DOWN, "no decision within 2 s"],
    });
    for (const id of NEGATIVES.slice(1)) {
      expect(results[id]?.outcome).toMatchObject({ status: "error", differences: [isDownSince("n1")] });
    }
  });
});

describe("a harness that is stopped while its app hangs", { timeout: 60_000 }, () => {
  test.each([
    { signals: ["SIGINT"], exitCode: 130, says: ["interrupted: 5 not run", "report: run.jsonl"] },
    { signals: ["SIGTERM"], exitCode: 143, says: ["interrupted: 5 not run", "report: run.jsonl"] },
    // The second one comes while the app, which does not heed, is given time to end.
    { signals: ["SIGINT", "SIGINT"], exitCode: 130, says: ["interrupted: 5 not run"] },
    { signals: ["SIGKILL"], exitCode: null, says: [] },
  ] as const)("by $signals → $exitCode, and the app is gone", async ({ signals, exitCode, says }) => {
    const heeds = signals.length > 1 ? "nobody" : "SIGTERM";
    await using folder = await folderWith({ FALLS_AT: "^n1", FALLS_BY: "SIGSTOP", HEEDS: heeds });
    const child = startMfaHarness([...RUN, "-w", "1"], folder.path);
    const closed = once(child, "close");
    const said: string[] = [];
    let isAppUp = false;
    const [first, second] = signals;
    for await (const line of createInterface(child.stdout)) {
      said.push(line);
      if (line.startsWith("ok   good/")) {
        isAppUp = await answers(folder.origin);
        child.kill(first);
      }
      if (line.startsWith("interrupted:") && second !== undefined) child.kill(second);
    }
    await closed;
    expect(isAppUp).toBe(true);
    expect(child.exitCode).toBe(exitCode);
    expect(said.filter((line) => /^(interrupted|report):/.test(line))).toEqual(says);
    while (await answers(folder.origin));
  });
});
