import { afterAll, describe, expect, test } from "vitest";
import { startIdp } from "../../../harness/idp/start-idp.ts";
import { type Attempted } from "../../../harness/run/attempt.ts";
import { makeWatch, type Watch } from "../../../harness/run/brought-down.ts";
import type { CaseResult } from "../../../harness/run/events.ts";
import { planCases } from "../../../harness/run/plan.ts";
import { run } from "../../../harness/run/run.ts";
import { type Case, expandCases } from "../../../harness/scenario/expand.ts";
import { scenarioSchema } from "../../../harness/scenario/schema.ts";
import { libraryTarget } from "../../../harness/target/library.ts";
import type { Observation } from "../../../harness/target/observation.ts";
import type { Attempt, Target } from "../../../harness/target/target.ts";

const idp = await startIdp();
afterAll(() => idp.stop());

function scenario(id: string) {
  return scenarioSchema.parse({
    id,
    title: id,
    why: "w",
    references: ["r"],
    severity: "low",
    emission: { channel: "oidc", profile: "password-and-otp" },
    transport: ["protocol"],
    expect: { verdict: "compliant", decision: "accept" },
  });
}

type Decide = (attempt: Attempt) => Promise<Observation["decision"]>;

/** An app behind a proxy that stays up: whoever asks while it is down is told nothing. */
function app(decide: Decide): Target {
  const library = libraryTarget(idp);
  return {
    name: "app",
    channels: ["oidc"],
    transports: ["protocol"],
    observe: async (attempt) => {
      const decision = await decide(attempt);
      return { ...(await library.observe({ ...attempt, transport: "direct" })), decision };
    },
  };
}

async function results(
  ids: readonly string[],
  decide: Decide,
  workers = 1,
): Promise<Readonly<Record<string, CaseResult>>> {
  const scenarios = ids.map(scenario);
  const target = app(decide);
  const told: Record<string, CaseResult> = {};
  await run({
    plan: planCases(expandCases(scenarios, [target], ["protocol"]), {}),
    scenarios,
    notRun: 0,
    targets: [target],
    trust: idp.trust,
    workers,
    signal: new AbortController().signal,
    now: () => 0,
    onEvent: (event) => {
      if (event.type === "case-end") told[event.id.split("/")[0] ?? ""] = event.result;
    },
  });
  return told;
}

const UNTOLD = "nothing that was seen shows whether the target accepted or rejected";
const BLAMED = "this brought app down: afterwards a good sign-in was not accepted either";

describe("one case after the other", () => {
  test("the case that the app does not survive is blamed, critically, and those after it are not", async () => {
    let isDown = false;
    const decide: Decide = ({ user }) => {
      isDown ||= user.startsWith("killer.");
      return Promise.resolve(isDown ? undefined : "accept");
    };
    const told = await results(["first", "killer", "later"], decide);
    expect(told["first"]?.outcome.status).toBe("pass");
    expect(told["killer"]).toMatchObject({ severity: "critical", outcome: { status: "fail" } });
    expect(told["killer"]?.outcome.differences.slice(0, 2)).toEqual([BLAMED, UNTOLD]);
    expect(told["later"]?.outcome).toEqual({
      status: "error",
      differences: ["app is down and accepts no good sign-in: killer/protocol/app brought it down"],
    });
    expect(told["later"]?.severity).toBeUndefined();
  });

  test("one that comes back is tested on", async () => {
    let left = 0;
    const decide: Decide = ({ user }) => {
      if (user.startsWith("killer.")) left = 3;
      left -= 1;
      return Promise.resolve(left > 0 ? undefined : "accept");
    };
    const told = await results(["first", "killer", "later"], decide);
    expect(told["killer"]?.severity).toBe("critical");
    expect(told["later"]?.outcome.status).toBe("pass");
  });

  test.each([
    { title: "one that never accepted anybody", good: undefined },
    { title: "one that is up", good: "accept" as const },
  ])("$title was not brought down", async ({ good }) => {
    const decide: Decide = ({ user }) => Promise.resolve(user.startsWith("odd.") ? undefined : good);
    const told = await results(["first", "odd"], decide);
    expect(told["odd"]?.outcome).toMatchObject({ status: "error", differences: [UNTOLD, expect.anything()] });
    expect(told["odd"]?.severity).toBeUndefined();
  });
});

const KILLED: Attempted = {
  outcome: { status: "error", differences: ["502"] },
  observation: undefined,
  verdict: undefined,
};
const PASSED: Attempted = {
  outcome: { status: "pass", differences: [] },
  observation: { decision: "accept", signals: [], exchanges: [] },
  verdict: undefined,
};

function caseOf(id: string): Case {
  return { id, scenario: scenario(id), transport: "protocol", target: "app" };
}

/** Three cases side by side, of which the one called killer brings the app down. */
async function sideBySide(watch: Watch, kill: () => void, isDown: () => boolean) {
  const all = Promise.withResolvers<void>();
  let begun = 0;
  const attemptOf = (id: string) => async (): Promise<Attempted> => {
    begun += 1;
    if (begun === 3) {
      kill();
      all.resolve();
    }
    await all.promise;
    if (id === "killer") kill();
    return isDown() ? KILLED : PASSED;
  };
  await watch.watched(caseOf("first"), () => Promise.resolve(PASSED));
  const ids = ["one", "killer", "other"];
  return await Promise.all(ids.map((id) => watch.watched(caseOf(id), attemptOf(id))));
}

describe("several at a time", () => {
  test("whoever ran beside the culprit is tried again alone, and only that one is blamed", async () => {
    let left = 0;
    const probe = (): Promise<Attempted> => {
      left -= 1;
      return Promise.resolve(left > 0 ? KILLED : PASSED);
    };
    const watch = makeWatch({ probe, signal: new AbortController().signal });
    const [one, killer, other] = await sideBySide(
      watch,
      () => void (left = 2),
      () => left > 0,
    );
    expect([one, other]).toEqual([PASSED, PASSED]);
    expect(killer).toMatchObject({
      severity: "critical",
      outcome: { status: "fail", differences: [BLAMED, "502"] },
    });
  });

  test("of one that is not asked any more nothing is concluded", async () => {
    const probe = (): Promise<Attempted> => Promise.resolve(KILLED);
    const watch = makeWatch({ probe, signal: new AbortController().signal, isLost: () => true });
    await watch.watched(caseOf("first"), () => Promise.resolve(PASSED));
    expect(await watch.watched(caseOf("later"), () => Promise.resolve(KILLED))).toBe(KILLED);
  });

  test("of one that does not come back nobody is blamed, and all who ran are named", async () => {
    let isDown = false;
    const probe = (): Promise<Attempted> => Promise.resolve(isDown ? KILLED : PASSED);
    const watch = makeWatch({ probe, signal: new AbortController().signal, recoverySeconds: 0 });
    const seen = await sideBySide(
      watch,
      () => void (isDown = true),
      () => isDown,
    );
    for (const { outcome, severity } of seen) {
      expect([outcome.status, severity]).toEqual(["error", undefined]);
      expect(outcome.differences[0]).toMatch(
        /^app went down during this case, beside .*killer|beside one, other/,
      );
    }
    const after = await watch.watched(caseOf("later"), () => Promise.resolve(PASSED));
    expect(after.outcome.differences[0]).toMatch(
      /^app is down and accepts no good sign-in: it went down during /,
    );
  });
});
