import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { assert, asyncProperty, nat } from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openReports } from "../../../harness/cli/reports/reports.ts";
import { readEnded } from "../../../harness/cli/run/resume.ts";
import { HarnessError } from "../../../harness/errors.ts";
import type { MockIdp } from "../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../harness/idp/start-idp.ts";
import { readRecording, type Recording } from "../../../harness/report/replay.ts";
import type { RunEvent, Shard } from "../../../harness/run/events.ts";
import { planCases, type PlanOptions } from "../../../harness/run/plan.ts";
import { run } from "../../../harness/run/run.ts";
import { expandCases } from "../../../harness/scenario/expand.ts";
import { type Scenario, scenarioSchema } from "../../../harness/scenario/schema.ts";
import { libraryTarget } from "../../../harness/target/library.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

/** Every fifth fails, and every title has letters that take several bytes. */
function scenario(place: number, title = `Übung ${place} ✓`): Scenario {
  return scenarioSchema.parse({
    id: `n${place}`,
    title,
    why: "for this test",
    references: ["PSR-034"],
    emission: { channel: "oidc", profile: place % 5 === 4 ? "password-only" : "password-and-otp" },
    transport: ["direct"],
    expect: { verdict: "compliant" },
  });
}

const SCENARIOS = Array.from({ length: 12 }, (_, place) => scenario(place));

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let idp: MockIdp;

beforeAll(async () => {
  folder = await temporaryFolder({});
  idp = await startIdp();
});

afterAll(async () => {
  await idp[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

interface Way {
  readonly options?: PlanOptions;
  readonly scenarios?: readonly Scenario[];
  readonly workers?: number;
  readonly retries?: number;
  readonly failFast?: true;
}

function planOf({ options = {}, scenarios = SCENARIOS }: Way) {
  return planCases(expandCases(scenarios, [libraryTarget(idp)], ["direct"]), options);
}

/** Runs as the command does, going on from what the file holds. @returns what the file holds afterwards */
async function runInto(file: string, way: Way, resume?: string): Promise<string> {
  const path = join(folder.path, file);
  const { options = {}, scenarios = SCENARIOS, workers = 1, retries = 0, failFast } = way;
  const { shard } = options;
  const plan = planOf(way);
  const ended = await readEnded(
    { plan, shard },
    resume === undefined ? undefined : join(folder.path, resume),
  );
  const reports = openReports([`jsonl:${path}`], ended.length);
  let hasFailed = false;
  await run({
    plan,
    shard,
    scenarios,
    notRun: 0,
    targets: [libraryTarget(idp, () => 1_767_225_600)],
    trust: idp.trust,
    workers,
    retries,
    ended,
    isEnough: () => failFast === true && hasFailed,
    signal: new AbortController().signal,
    now: () => 1_767_225_600,
    onEvent: (event) => {
      hasFailed ||= event.type === "case-end" && event.result.outcome.status !== "pass";
      reports.onEvent(event);
    },
  });
  reports.close();
  return await readFile(path, "utf8");
}

function recordingOf(text: string): Recording {
  const read = readRecording(text);
  if ("start" in read) return read;
  throw new TypeError(`${read.line}: ${read.message}`);
}

/** What a recording says, without how long it took and what differs from one token to the next. */
function said(text: string) {
  const { start, ends, end } = recordingOf(text);
  const told = ends.map(({ id, result: { durationMilliseconds: _duration, verdict, ...result } }) => ({
    id,
    ...result,
    verdict: verdict?.verdict,
  }));
  return { start, told: told.toSorted((a, b) => a.id.localeCompare(b.id)), end };
}

const SHARD: Shard = { index: 2, count: 3 };

describe("a run that was killed anywhere, resumed", () => {
  test.each<{ name: string; way: Way }>([
    { name: "one after the other", way: {} },
    { name: "eight at a time, shuffled", way: { workers: 8, options: { seed: 7 } } },
    { name: "a shard", way: { options: { shard: SHARD, seed: 3 }, workers: 2 } },
    { name: "with retries", way: { retries: 2 } },
    { name: "with fail-fast", way: { failFast: true } },
  ])("$name: says what an uninterrupted one says", async ({ way }) => {
    const whole = Buffer.from(await runInto("whole.jsonl", way));
    const wanted = said(whole.toString());
    await assert(
      asyncProperty(nat(whole.length), async (length) => {
        // In the middle of a line, and of a letter.
        await writeFile(join(folder.path, "cut.jsonl"), whole.subarray(0, length));
        expect(said(await runInto("cut.jsonl", way, "cut.jsonl"))).toEqual(wanted);
      }),
      {
        numRuns: 25,
        examples: [[0], [1], [whole.indexOf("\n")], [whole.indexOf("\n") + 1], [whole.indexOf("Ü") + 1]],
      },
    );
  });

  test("killed again while it tells again: what the file held is still there", async () => {
    const before = await runInto("again.jsonl", {});
    const path = join(folder.path, "again.jsonl");
    const { start, ends } = recordingOf(before);
    const reports = openReports([`jsonl:${path}`], ends.length);
    const events: readonly RunEvent[] = [{ ...start, at: 1 }, ...ends];
    for (const event of events.slice(0, -1)) reports.onEvent(event);
    expect(await readFile(path, "utf8")).toBe(before);
    const last = events.at(-1);
    if (last !== undefined) reports.onEvent(last);
    const after = recordingOf(await readFile(path, "utf8"));
    expect(after).toEqual({ start: { ...start, at: 1 }, ends, end: undefined });
    expect(reports.close()).toEqual([path]);
  });
});

describe("what is not a part of this run is refused", () => {
  const HINT = /Resume with the same scenarios/;
  test.each<{ name: string; change: Way; says: RegExp; hint: RegExp }>([
    {
      name: "a scenario was edited",
      change: { scenarios: [scenario(0, "edited"), ...SCENARIOS.slice(1)] },
      says: /is of another plan/,
      hint: HINT,
    },
    {
      name: "one is gone",
      change: { scenarios: SCENARIOS.slice(1) },
      says: /is of another plan/,
      hint: HINT,
    },
    { name: "another seed", change: { options: { seed: 1 } }, says: /is of another plan/, hint: HINT },
    { name: "another --grep", change: { options: { grep: /n1/ } }, says: /is of another plan/, hint: HINT },
    {
      name: "targets are set otherwise",
      change: { options: { setting: { targets: { app: 1 } } } },
      says: /is of another plan/,
      hint: HINT,
    },
    {
      name: "a shard of it",
      change: { options: { shard: SHARD } },
      says: /is the whole plan, and this run is shard 2\/3/,
      hint: /Resume each shard from its own/,
    },
  ])("$name", async ({ change, says, hint }) => {
    const before = await runInto("of-another.jsonl", {});
    const { shard } = change.options ?? {};
    const read = readEnded({ plan: planOf(change), shard }, join(folder.path, "of-another.jsonl"));
    await expect(read).rejects.toThrow(says);
    await expect(read).rejects.toHaveProperty("code", "ERR_USAGE");
    await expect(read).rejects.toSatisfy((error) => error instanceof HarnessError && hint.test(error.hint));
    expect(await readFile(join(folder.path, "of-another.jsonl"), "utf8")).toBe(before);
  });

  test.each([
    {
      name: "another version of the stream",
      from: '"format":1',
      to: '"format":2',
      says: /:1: expected format 1, found 2/,
    },
    {
      name: "a case told twice",
      from: /(\{"type":"case-end".*\n)/,
      to: "$1$1",
      says: /n0\/direct\/library is told twice/,
    },
    {
      name: "a stranger",
      from: '"case-end","id":"n0/',
      to: '"case-end","id":"x/',
      says: /x\/direct\/library is no case of this run/,
    },
  ])("$name", async ({ from, to, says }) => {
    const text = (await runInto("stranger.jsonl", {})).replace(from, to);
    await writeFile(join(folder.path, "stranger.jsonl"), text);
    const read = readEnded({ plan: planOf({}), shard: undefined }, join(folder.path, "stranger.jsonl"));
    await expect(read).rejects.toHaveProperty("code", "ERR_RUN_UNREADABLE");
    await expect(read).rejects.toThrow(says);
  });
});
