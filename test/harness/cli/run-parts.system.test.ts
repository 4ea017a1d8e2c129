import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { readRecording, type Recording } from "../../../harness/report/replay.ts";
import { mfaHarness, startInterrupted, startMfaHarness } from "../../support/command-line.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

function scenario(id: string): string {
  return `id: ${id}
title: ${id}
why: for this test
references: [PSR-034]
emission: { channel: oidc, profile: ${id.endsWith("7") ? "password-only" : "password-and-otp"} }
transport: [direct]
expect: { verdict: compliant }
`;
}

const FILES = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`s/n${n}.yaml`, scenario(`n${n}`)]));

async function recording(folder: string, file: string): Promise<Recording> {
  const read = readRecording(await readFile(join(folder, file), "utf8"));
  if ("start" in read) return read;
  throw new TypeError(read.message);
}

/** What a recording says, without times and order. */
function said({ start, ends, end }: Recording) {
  const outcomes = ends.map(({ id, result }) => ({
    id,
    outcome: result.outcome,
    verdict: result.verdict?.verdict,
  }));
  return {
    cases: start.cases.map(({ id }) => id),
    outcomes: outcomes.toSorted((a, b) => a.id.localeCompare(b.id)),
    interrupted: end?.interrupted,
  };
}

describe("parts of a run", { timeout: 60_000 }, () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let whole: Recording;

  beforeAll(async () => {
    folder = await temporaryFolder(FILES);
    await mfaHarness(["run", "s", "-r", "jsonl:whole.jsonl"], folder.path);
    whole = await recording(folder.path, "whole.jsonl");
    return async () => await folder[Symbol.asyncDispose]();
  });

  test("four shards, put together, are the run", async () => {
    const shards = [1, 2, 3, 4];
    await Promise.all(
      shards.map((n) => mfaHarness(["run", "s", "--shard", `${n}/4`, "-r", `jsonl:${n}.jsonl`], folder.path)),
    );
    const files = shards.toReversed().map((n) => `${n}.jsonl`);
    const report = await mfaHarness(["report", ...files, "-r", "jsonl:merged.jsonl"], folder.path);
    expect(report).toMatchObject({ exitCode: 1, stderr: "" });
    expect(said(await recording(folder.path, "merged.jsonl"))).toEqual(said(whole));
  });

  test("killed in the middle and resumed, nothing is told twice and nothing is lost", async () => {
    const args = ["run", "s", "-w", "1", "-r", "jsonl:cut.jsonl", "-r", "list"];
    const child = startInterrupted(args, folder.path, "SIGKILL");
    await once(child, "close");
    const cut = await recording(folder.path, "cut.jsonl");
    expect(cut.end).toBeUndefined();
    expect(cut.ends.length).toBeGreaterThan(0);
    expect(cut.ends.length).toBeLessThan(60);
    const resumed = await mfaHarness(
      ["run", "s", "--resume", "cut.jsonl", "-r", "jsonl:cut.jsonl"],
      folder.path,
    );
    expect(resumed).toMatchObject({ exitCode: 1, stderr: "" });
    const after = await recording(folder.path, "cut.jsonl");
    expect(after.ends).toHaveLength(60);
    expect(said(after)).toEqual(said(whole));
    expect(after.ends.slice(0, cut.ends.length)).toEqual(cut.ends);
  });

  test.each([
    {
      args: ["run", "s/n1.yaml", "--resume", "whole.jsonl"],
      says: "whole.jsonl is of another plan than this run",
    },
    { args: ["report", "1.jsonl", "2.jsonl"], says: "of 4 shards, 3, 4 is missing" },
    { args: ["report", "s/n1.yaml"], says: "s/n1.yaml:1: expected an event of a run as JSON" },
    { args: ["run", "s", "--shard", "5/4"], says: "Expected i/n, such as 1/4." },
    { args: ["run", "s", "-g", "("], says: "Expected a regular expression." },
    { args: ["run", "s", "--target", "nobody"], says: 'there is no target "nobody"' },
    {
      args: ["run", "s", "-g", "no such case"],
      says: "no case is chosen\nLoosen --grep",
    },
    { args: ["run", "s", "-t", "browser"], says: "60 cases skipped: they need another --transport" },
  ])("$args → $says", async ({ args, says }) => {
    const spoken = await mfaHarness(args, folder.path);
    expect(spoken.exitCode).toBe(2);
    expect(spoken.stderr).toContain(says);
    expect(spoken.stderr).not.toMatch(/\n\s+at /);
  });

  test("--list shows what --grep chooses, and runs nothing", async () => {
    const { stdout } = await mfaHarness(["run", "s", "--list", "-g", "^n1[01]/"], folder.path);
    expect(stdout).toBe("n10/direct/library  n10\nn11/direct/library  n11\n2 cases\n");
  });

  test("--list is there for programs, too, and takes every filter", async () => {
    const filters = [
      "--target",
      "library",
      "-t",
      "direct",
      "--shard",
      "2/2",
      "--seed",
      "1",
      "-g",
      "^n1[0-3]/",
    ];
    const { stdout, exitCode } = await mfaHarness(
      ["run", "s", "--list", "-r", "jsonl", ...filters],
      folder.path,
    );
    expect(exitCode).toBe(0);
    const cases = stdout
      .trimEnd()
      .split("\n")
      .map((line): unknown => JSON.parse(line));
    expect(cases).toHaveLength(2);
    const known = whole.start.cases.filter(({ id }) => /^n1[0-3]\//.test(id));
    for (const one of cases) expect(known).toContainEqual(one);
  });

  test("eight workers find what one finds", async () => {
    await mfaHarness(["run", "s", "-w", "1", "-r", "jsonl:one.jsonl"], folder.path);
    expect(said(await recording(folder.path, "one.jsonl"))).toEqual(said(whole));
  });

  test("whoever stops reading has not seen a run that passed", async () => {
    const child = startMfaHarness(["run", "s", "-r", "list"], folder.path);
    child.stdout.destroy();
    await once(child, "close");
    expect(child.exitCode).toBe(141);
  });

  test("--compare tells what changed, a baseline what is known", async () => {
    const known = "known: [{ case: 'n7/*', owner: kim, reason: later, expires: 2999-01-01 }]";
    await using other = await temporaryFolder({ "s/n7.yaml": scenario("n7"), "known.yaml": known });
    const args = [
      "run",
      "s",
      "--baseline",
      "known.yaml",
      "--compare",
      join(folder.path, "whole.jsonl"),
      "-r",
      "list",
    ];
    const spoken = await mfaHarness(args, other.path);
    expect(spoken.exitCode).toBe(0);
    expect(spoken.stdout).toContain("known: later (kim, until 2999-01-01)");
    expect(spoken.stdout).toContain("changed: n7/direct/library: status fail → known");
    expect(spoken.stdout).toContain("gone: n0/direct/library");
    expect(spoken.stdout).toContain("1 known issue");
  });
});
