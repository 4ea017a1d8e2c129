import { describe, expect, test } from "vitest";
import { mergeRecordings } from "../../../harness/report/merge.ts";
import { readRecording, type Recording, replay } from "../../../harness/report/replay.ts";
import type { RunEvent } from "../../../harness/run/events.ts";
import { INTERRUPTED_RUN } from "../../support/run-events.ts";

const text = INTERRUPTED_RUN.map((event) => `${JSON.stringify(event)}\n`).join("");

function recordingOf(events: readonly RunEvent[]): Recording {
  const read = readRecording(events.map((event) => JSON.stringify(event)).join("\n"));
  if ("start" in read) return read;
  throw new TypeError(read.message);
}

/** The whole run, finished: what the shards below are cut from. */
const WHOLE = recordingOf(
  INTERRUPTED_RUN.flatMap((event): RunEvent[] => {
    if (event.type !== "run-end") return [event];
    const last = INTERRUPTED_RUN.find((one) => one.type === "case-end");
    const id = "third/protocol/relying-party";
    return [...(last === undefined ? [] : [{ ...last, id }]), { ...event, interrupted: false }];
  }),
);

function shard(index: number, count: number): Recording {
  const mine = (place: number): boolean => place % count === index - 1;
  const cases = WHOLE.start.cases.filter((_, place) => mine(place));
  const ids = new Set(cases.map(({ id }) => id));
  return {
    start: { ...WHOLE.start, cases, shard: { index, count } },
    ends: WHOLE.ends.filter(({ id }) => ids.has(id)),
    end: WHOLE.end,
  };
}

describe("what is read", () => {
  test.each([
    { name: "nothing", broken: "", problem: { line: 1, message: "expected the start of a run" } },
    {
      name: "a line in the middle that is no event",
      broken: text.replace('{"type":"case-start"', '{"type":"case-begin"'),
      problem: { line: 2, message: "expected an event of a run as JSON" },
    },
    {
      name: "another format",
      broken: text.replace('"format":1', '"format":2'),
      problem: { line: 1, message: "expected format 1, found 2" },
    },
    {
      name: "a case that ended without a result",
      broken: text.replace(/"outcome":\{"status":"fail"/, '"outcome":{"status":"failed"'),
      problem: { line: 5, message: "expected an event of a run as JSON" },
    },
    {
      name: "a run whose cases are no cases",
      broken: text.replace('"cases":[', '"cases":[null,'),
      problem: { line: 1, message: "expected an event of a run as JSON" },
    },
    {
      name: "two runs in one file",
      broken: `${text}${text}`,
      problem: { line: 9, message: "expected one run only, found the start of another" },
    },
  ])("$name → $problem", ({ broken, problem }) => {
    expect(readRecording(broken)).toEqual(problem);
  });

  test("a run that was killed while it wrote is one that was interrupted", () => {
    const cut = text.slice(0, text.lastIndexOf('{"type":"run-end"') + 10);
    const read = readRecording(cut);
    if (!("start" in read)) throw new TypeError(read.message);
    expect(replay(read).at(-1)).toEqual({ type: "run-end", at: read.start.at, interrupted: true });
    expect(read.ends).toHaveLength(3);
  });
});

describe("shards", () => {
  test.each([1, 2, 3, 4])("of %i, in any order, are the run", (count) => {
    const shards = Array.from({ length: count }, (_, index) => shard(index + 1, count)).toReversed();
    const merged = mergeRecordings(count === 1 ? [WHOLE] : shards);
    if ("problem" in merged) throw new TypeError(merged.problem);
    expect(merged.start).toEqual(WHOLE.start);
    expect(merged.end).toEqual(WHOLE.end);
    expect(new Map(merged.ends.map((end) => [end.id, end]))).toEqual(
      new Map(WHOLE.ends.map((end) => [end.id, end])),
    );
  });

  test("one that was interrupted makes the run interrupted", () => {
    const merged = mergeRecordings([shard(1, 2), { ...shard(2, 2), end: undefined }]);
    expect(merged).toMatchObject({ end: { interrupted: true } });
  });

  test.each([
    { recordings: [], problem: "there is no run to report" },
    { recordings: [shard(1, 2), shard(1, 2)], problem: "shard 1/2 is there twice" },
    { recordings: [shard(1, 3), shard(3, 3)], problem: "of 3 shards, 2 is missing" },
    {
      recordings: [WHOLE, WHOLE],
      problem: "several runs can be merged only if each is a shard of one",
    },
    {
      recordings: [shard(1, 2), { ...shard(2, 2), start: { ...shard(2, 2).start, plan: "another" } }],
      problem: "the runs are of different plans: other scenarios, targets or transports",
    },
  ])("$problem", ({ recordings, problem }) => {
    expect(mergeRecordings(recordings)).toEqual({ problem });
  });
});
