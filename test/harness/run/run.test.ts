import { afterAll, describe, expect, test } from "vitest";
import { HarnessError } from "../../../harness/errors.ts";
import { startIdp } from "../../../harness/idp/start-idp.ts";
import type { CaseResult, RunEvent } from "../../../harness/run/events.ts";
import { planCases } from "../../../harness/run/plan.ts";
import { run, type RunOptions } from "../../../harness/run/run.ts";
import { expandCases } from "../../../harness/scenario/expand.ts";
import { scenarioSchema } from "../../../harness/scenario/schema.ts";
import { libraryTarget } from "../../../harness/target/library.ts";
import type { Observation } from "../../../harness/target/observation.ts";
import type { Attempt, Target } from "../../../harness/target/target.ts";

const idp = await startIdp();
afterAll(() => idp.stop());

function scenario(id: string, profile: string, control?: string) {
  return scenarioSchema.parse({
    id,
    title: id,
    why: "w",
    references: ["r"],
    ...(control === undefined ? {} : { control }),
    emission: { channel: "oidc", profile },
    transport: ["protocol"],
    expect:
      profile === "password-only"
        ? { verdict: "non-compliant", findings: ["oidc.amr.mfa-absent"], decision: "refuse" }
        : { verdict: "compliant", decision: "accept" },
  });
}

const GOOD = scenario("good", "password-and-otp");
const BAD = scenario("bad", "password-only", "good");

/** What a partner app decides, by the user whom it is shown, and how often it was asked. */
type Decide = (attempt: Attempt, times: number) => Promise<Observation["decision"]> | Observation["decision"];

/** A partner app in the test: artifacts are the IdP's own, only the decision is made here. */
function app(decide: Decide): Target {
  const library = libraryTarget(idp);
  const times = new Map<string, number>();
  return {
    name: "app",
    channels: ["oidc"],
    transports: ["protocol"],
    observe: async (attempt) => {
      const count = (times.get(attempt.user) ?? 0) + 1;
      times.set(attempt.user, count);
      const decision = await decide(attempt, count);
      return { ...(await library.observe({ ...attempt, transport: "direct" })), decision };
    },
  };
}

const honest: Decide = ({ emission }) => (emission.profile === "password-only" ? "refuse" : "accept");

async function outcomes(
  decide: Decide,
  change: Partial<RunOptions> = {},
  scenarios = [BAD],
): Promise<Readonly<Record<string, CaseResult>>> {
  const target = app(decide);
  const results: Record<string, CaseResult> = {};
  await run({
    plan: planCases(expandCases(scenarios, [target], ["protocol"]), {}),
    scenarios: [GOOD, BAD, ...scenarios],
    notRun: 0,
    targets: [target],
    trust: idp.trust,
    workers: 1,
    signal: new AbortController().signal,
    now: () => 0,
    onEvent: (event) => {
      if (event.type === "case-end") results[event.id] = event.result;
    },
    ...change,
  });
  return results;
}

describe("a refusal counts only beside an accepted control", () => {
  test.each<{ name: string; decide: Decide; status: string; says: string[] }>([
    { name: "control accepted", decide: honest, status: "pass", says: [] },
    {
      name: "everything refused",
      decide: () => "refuse",
      status: "inconclusive",
      says: ["its control good did not pass: decision: refuse, expected accept"],
    },
    {
      name: "everything accepted",
      decide: () => "accept",
      status: "fail",
      says: ["decision: accept, expected refuse"],
    },
    {
      name: "nothing shown",
      decide: () => undefined,
      status: "error",
      says: [
        "nothing that was seen shows whether the target accepted or rejected",
        "seen: handed over, not shown to anybody",
      ],
    },
  ])("$name → $status", async ({ decide, status, says }) => {
    const results = await outcomes(decide);
    expect(results["bad/protocol/app"]?.outcome).toEqual({ status, differences: says });
  });

  test("a control that is not among the scenarios, or not for this transport, proves nothing", async () => {
    const direct = { ...GOOD, id: "direct", transport: ["direct" as const] };
    const scenarios = ["nowhere", "direct"].map((control) =>
      scenario(`of-${control}`, "password-only", control),
    );
    const results = await outcomes(honest, { scenarios: [direct, ...scenarios] }, scenarios);
    const why = "it is not among the scenarios of this run, or not for the transport protocol";
    expect(Object.values(results).map(({ outcome }) => outcome)).toEqual([
      { status: "inconclusive", differences: [`its control nowhere did not pass: ${why}`] },
      { status: "inconclusive", differences: [`its control direct did not pass: ${why}`] },
    ]);
  });

  test.each([1, 4])(
    "with %i workers the control is tried once, though it is not among the cases",
    async (workers) => {
      const asked: string[] = [];
      const worse = scenario("worse", "password-only", "good");
      await outcomes(
        (attempt, times) => {
          asked.push(attempt.user);
          return honest(attempt, times);
        },
        { workers },
        [BAD, worse],
      );
      expect(asked.filter((user) => user.startsWith("good."))).toHaveLength(1);
      expect(asked).toHaveLength(3);
    },
  );
});

const dead = new HarnessError("ERR_TARGET_UNREACHABLE", "http://127.0.0.1:9 does not answer", "Start it.");

/** An app that is not there the first times that somebody signs in well. */
function deadAtFirst(failures: number): Decide {
  let times = 0;
  return (attempt, count) => {
    if (attempt.emission.profile === "password-only") return honest(attempt, count);
    times += 1;
    return times <= failures ? Promise.reject(dead) : "accept";
  };
}

describe("a target that misbehaves is an outcome, never a pass", () => {
  test.each<{ name: string; decide: Decide; change: Partial<RunOptions>; says: string }>([
    { name: "it is not there", decide: () => Promise.reject(dead), change: {}, says: dead.message },
    {
      name: "it never answers",
      decide: ({ signal }) =>
        new Promise((_resolve, reject) =>
          signal.addEventListener("abort", () => reject(new Error("aborted"))),
        ),
      change: { timeoutSeconds: 0.05 },
      says: "no decision within 0.05 s",
    },
    {
      name: "it never answers, and does not heed that its time is over",
      decide: () => new Promise(() => undefined),
      change: { timeoutSeconds: 0.05 },
      says: "no decision within 0.05 s",
    },
  ])("$name", async ({ decide, change, says }) => {
    const results = await outcomes(decide, change, [GOOD]);
    expect(results["good/protocol/app"]?.outcome).toEqual({ status: "error", differences: [says] });
  });

  test("one that never answers is not waited for any more after one round", async () => {
    const scenarios = Array.from({ length: 9 }, (_, place) => scenario(`n${place}`, "password-and-otp"));
    const asked: string[] = [];
    const results = await outcomes(
      ({ user }) => {
        asked.push(user);
        return new Promise(() => undefined);
      },
      { timeoutSeconds: 0.02, workers: 2 },
      scenarios,
    );
    const told = Object.values(results).map(({ outcome: { status, differences } }) => [
      status,
      ...differences,
    ]);
    const lost = "app was waited for in vain 2 times in a row; it is not asked any more in this run";
    expect(told.filter(([, why]) => why === lost).length).toBeGreaterThanOrEqual(6);
    expect(told.every(([status]) => status === "error")).toBe(true);
    expect(told).toHaveLength(9);
    expect(asked.length).toBeLessThan(4);
  });

  test("one that answers in between is waited for again", async () => {
    const scenarios = Array.from({ length: 9 }, (_, place) => scenario(`n${place}`, "password-and-otp"));
    const results = await outcomes(
      ({ user }) => (/^(n[0258]|good-)/.test(user) ? "accept" : new Promise(() => undefined)),
      { timeoutSeconds: 0.15 },
      scenarios,
    );
    const passed = Object.entries(results).filter(([, { outcome }]) => outcome.status === "pass");
    expect(passed.map(([id]) => id)).toEqual([
      "n0/protocol/app",
      "n2/protocol/app",
      "n5/protocol/app",
      "n8/protocol/app",
    ]);
  });

  test("one that a run is stopped amid is not told, and not waited for", async () => {
    const stop = new AbortController();
    const decide: Decide = () => {
      stop.abort();
      return new Promise(() => undefined);
    };
    expect(await outcomes(decide, { signal: stop.signal }, [GOOD])).toEqual({});
  });

  test("a control of which nothing could be told is tried again by a later case, three times at most", async () => {
    const scenarios = ["a", "b", "c", "d"].map((id) => scenario(id, "password-only", "good"));
    const statuses = async (failures: number): Promise<readonly string[]> =>
      Object.values(await outcomes(deadAtFirst(failures), {}, scenarios)).map(
        ({ outcome }) => outcome.status,
      );
    expect(await statuses(1)).toEqual(["inconclusive", "pass", "pass", "pass"]);
    expect(await statuses(3)).toEqual(Array.from({ length: 4 }, () => "inconclusive"));
  });

  test("a failure of our own ends the run, and its end is told", async () => {
    const events: RunEvent[] = [];
    const failure = new TypeError("our own");
    const attempt = outcomes(() => Promise.reject(failure), { onEvent: (event) => void events.push(event) });
    await expect(attempt).rejects.toBe(failure);
    expect(events.map(({ type }) => type)).toEqual(["run-start", "case-start", "run-end"]);
    expect(events.at(-1)).toMatchObject({ interrupted: true });
  });
});

const flaky: Decide = (attempt, times) => (times < 3 ? "refuse" : honest(attempt, times));

describe("retries", () => {
  const refused = { status: "fail", differences: ["decision: refuse, expected accept"] };

  test.each([
    { retries: 0, status: "fail", retried: undefined },
    { retries: 1, status: "fail", retried: [refused] },
    { retries: 5, status: "pass", retried: [refused, refused] },
  ])("$retries → $status, and what came before is told", async ({ retries, status, retried }) => {
    const results = await outcomes(flaky, { retries }, [GOOD]);
    expect(results["good/protocol/app"]).toMatchObject({ outcome: { status } });
    expect(results["good/protocol/app"]?.retried).toEqual(retried);
  });
});

const refuseB: Decide = ({ user }) => (user.startsWith("b.") ? "refuse" : "accept");

test("what ends a run is asked before each case", async () => {
  const scenarios = ["a", "b", "c"].map((id) => scenario(id, "password-and-otp"));
  const all = await outcomes(refuseB, {}, scenarios);
  let isEnough = false;
  const some: string[] = [];
  await outcomes(
    refuseB,
    {
      isEnough: () => isEnough,
      onEvent: (event) => {
        if (event.type !== "case-end") return;
        some.push(event.id);
        isEnough ||= event.result.outcome.status === "fail";
      },
    },
    scenarios,
  );
  expect(Object.keys(all)).toEqual(["a/protocol/app", "b/protocol/app", "c/protocol/app"]);
  expect(some).toEqual(["a/protocol/app", "b/protocol/app"]);
});

test("what an interrupted run has told is told again and not run", async () => {
  const scenarios = ["a", "b"].map((id) => scenario(id, "password-and-otp"));
  const asked: string[] = [];
  const decide: Decide = ({ user }) => {
    asked.push(user);
    return "accept";
  };
  const first = await outcomes(decide, {}, scenarios);
  const told = first["a/protocol/app"];
  if (told === undefined) throw new TypeError("a was not run");
  const ended = [{ type: "case-end" as const, id: "a/protocol/app", result: told }];
  const again = await outcomes(decide, { ended }, scenarios);
  expect(Object.keys(again)).toEqual(["a/protocol/app", "b/protocol/app"]);
  expect(again["a/protocol/app"]).toBe(told);
  expect(asked.map((user) => user.slice(0, 1))).toEqual(["a", "b", "b"]);
});
