import { expect, test } from "vitest";
import type { Check } from "../../../harness/doctor/check.ts";
import { checkExitCode } from "../../../harness/cli/check-exit-code.ts";
import { type Ending, exitCodeOf, SIGNAL_EXIT_CODES } from "../../../harness/cli/exit-codes.ts";
import { makeExitCode } from "../../../harness/cli/reports/exit-code.ts";
import type { Outcome } from "../../../harness/run/events.ts";
import { mfaHarness } from "../../support/command-line.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

// The table of docs/running.md: the first that applies of 2, 1, 3, 0.

test.each<{ endings: readonly Ending[]; code: number }>([
  { endings: ["ok"], code: 0 },
  { endings: ["ok", "failed"], code: 1 },
  { endings: ["ok", "undecided"], code: 3 },
  { endings: ["undecided", "failed"], code: 1 },
  { endings: ["failed", "undecided", "unable"], code: 2 },
  { endings: [], code: 2 },
])("$endings → $code", ({ endings, code }) => {
  expect(exitCodeOf(endings)).toBe(code);
});

/** A case of which nothing else is known. */
const NOTHING = { observation: undefined, verdict: undefined, durationMilliseconds: 0 };

test("signals end with 128 and their number", () => {
  expect(SIGNAL_EXIT_CODES).toMatchObject({ SIGINT: 130, SIGTERM: 143 });
});

test.each<{ statuses: readonly Outcome["status"][]; interrupted?: boolean; signal?: number; code: number }>([
  { statuses: ["pass"], code: 0 },
  { statuses: ["pass", "known"], code: 0 },
  { statuses: ["pass", "fail"], code: 1 },
  { statuses: ["pass", "inconclusive"], code: 3 },
  { statuses: ["pass", "error"], code: 3 },
  { statuses: ["error", "fail", "inconclusive"], code: 1 },
  { statuses: ["pass"], interrupted: true, code: 2 },
  { statuses: ["fail"], interrupted: true, signal: 130, code: 130 },
  { statuses: ["pass"], signal: 130, code: 0 }, // stopped after its last case
])("a run of $statuses, interrupted: $interrupted, signal: $signal → $code", (row) => {
  const exit = makeExitCode();
  expect(exit.code()).toBe(0);
  for (const status of row.statuses) {
    const outcome = { status, differences: [] };
    exit.count({ type: "case-end", id: "one", result: { ...NOTHING, outcome } });
  }
  exit.count({ type: "run-end", at: 0, interrupted: row.interrupted === true });
  expect(exit.code(row.signal)).toBe(row.code);
});

test.each<{ checks: readonly Check["status"][]; what?: string; code: number }>([
  { checks: ["ok"], code: 0 },
  { checks: ["ok", "fail"], code: 1 },
  { checks: ["ok", "warn"], code: 3 },
  { checks: ["warn", "fail"], code: 1 },
  { checks: ["fail"], what: "start", code: 2 },
])("doctor that sees $checks of $what → $code", ({ checks, what = "portal", code }) => {
  expect(checkExitCode(checks.map((status) => ({ status, what, found: "" })))).toBe(code);
});

const SCENARIO = `id: one
title: one
why: for this test
references: [PSR-034]
emission: { channel: oidc, profile: password-and-otp }
transport: [direct]
expect: { verdict: compliant, decision: accept }
`;

function config(exitCode: number): string {
  const tool = { kind: "command", channels: ["oidc"], run: ["node", "-e", `process.exit(${exitCode})`] };
  return JSON.stringify({ scenarios: ["s"], reporters: ["jsonl:run.jsonl"], targets: { tool } });
}

test.each([
  { what: "accepts", tool: 0, code: 0 },
  { what: "rejects", tool: 1, code: 1 },
  { what: "says nothing", tool: 7, code: 3 },
])("run and report of a tool that $what → $code", async ({ tool, code }) => {
  await using folder = await temporaryFolder({ "s/one.yaml": SCENARIO, "mfa-harness.yaml": config(tool) });
  const run = await mfaHarness(["run"], folder.path);
  const report = await mfaHarness(["report", "run.jsonl", "-r", "tap"], folder.path);
  expect([run.exitCode, report.exitCode]).toEqual([code, code]);
});

test.each([{ args: ["unheard-of"] }, { args: ["run", "--unheard-of"] }, { args: ["report", "none.jsonl"] }])(
  "$args → 2",
  async ({ args }) => {
    await using folder = await temporaryFolder();
    expect(await mfaHarness(args, folder.path)).toMatchObject({ exitCode: 2, stdout: "" });
  },
);
