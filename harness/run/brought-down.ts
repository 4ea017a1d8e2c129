import { setTimeout as after } from "node:timers/promises";
import type { Case } from "../scenario/expand.ts";
import type { Attempted } from "./attempt.ts";

/** Tells which case a target did not survive, be it behind something that goes on answering. */
export interface Watch {
  /**
   * Tries a case, and where nothing could be told of it, whether the target still accepts a good sign-in. Cases that ran
   * while it went down are tried again alone, once it is up: only the one that brings it down is blamed.
   */
  readonly watched: (next: Case, attempt: () => Promise<Attempted>) => Promise<Attempted>;
}

/** What a watch needs. */
export interface WatchOptions {
  /** Tries a good sign-in. */
  readonly probe: (good: Case) => Promise<Attempted>;
  readonly signal: AbortSignal;
  /** Whether a target is not asked any more; default: each is. */
  readonly isLost?: (target: string) => boolean;
  /** How long a target is waited for that others may start again; default 10. */
  readonly recoverySeconds?: number;
}

interface Running {
  /** Cases that ran at some time beside it. */
  readonly beside: Set<string>;
  readonly fallsBefore: number;
  readonly done: PromiseWithResolvers<void>;
}

interface Watched {
  readonly running: Map<string, Running>;
  /** Whether it ever accepted somebody: what never did was brought down by nobody. */
  isProven: boolean;
  /** How often it was found down. */
  falls: number;
  /** Why it is down; undefined: it is not, as far as is known. */
  down: string | undefined;
  /** Ends when no case is tried alone any more. */
  quiet: Promise<unknown>;
}

const RECOVERY_SECONDS = 10;
const BETWEEN_LOOKS_MILLISECONDS = 500;

/** Makes the watch of a run. */
export function makeWatch(options: WatchOptions): Watch {
  const { signal, isLost = () => false } = options;
  const targets = new Map<string, Watched>();
  const { isUp, comesBack } = makeLooks(options);
  const tryAlone = async (target: Watched, { next, beside, attempt }: Untold): Promise<Attempted> => {
    const again = await attempt();
    return isUntold(again) && !(await isUp(next)) ? fell(target, { next, beside }, again) : again;
  };
  const look = async (target: Watched, untold: Untold): Promise<Attempted> => {
    const { next, beside, attempted, fallsBefore } = untold;
    if (!(await isUp(next))) {
      target.falls += 1;
      if (beside.size === 0) return fell(target, untold, attempted);
      if (target.down !== undefined || !(await comesBack(next))) return unclear(target, untold);
    } else if (target.falls === fallsBefore) return attempted;
    return await tryAlone(target, untold);
  };
  const watched: Watch["watched"] = async (next, attempt) => {
    const target = targets.get(next.target) ?? makeWatched();
    targets.set(next.target, target);
    await settled(target);
    if (target.down !== undefined && !(await isUp(next))) return stillDown(next, target.down);
    await settled(target);
    target.down = undefined;
    const { beside, fallsBefore, done } = begin(target, next.id);
    const attempted = await attempt().finally(() => {
      target.running.delete(next.id);
      done.resolve();
    });
    if (attempted.observation?.decision === "accept") target.isProven = true;
    const isOver = signal.aborted || isLost(next.target);
    if (isOver || !isUntold(attempted) || !target.isProven) return attempted;
    return await inQuiet(target, () => look(target, { next, attempted, beside, fallsBefore, attempt }));
  };
  return { watched };
}

function makeLooks({ probe, signal, recoverySeconds = RECOVERY_SECONDS }: WatchOptions) {
  let probes = 0;
  const isUp = async (next: Case): Promise<boolean> => {
    probes += 1;
    const { observation } = await probe(goodSignIn(next, probes));
    return observation?.decision === "accept";
  };
  const comesBack = async (next: Case): Promise<boolean> => {
    const end = performance.now() + recoverySeconds * 1000;
    while (performance.now() < end) {
      await after(BETWEEN_LOOKS_MILLISECONDS, undefined, { signal });
      if (await isUp(next)) return true;
    }
    return false;
  };
  return { isUp, comesBack };
}

interface Untold extends Pick<Running, "fallsBefore"> {
  readonly next: Case;
  readonly attempted: Attempted;
  readonly beside: ReadonlySet<string>;
  readonly attempt: () => Promise<Attempted>;
}

function makeWatched(): Watched {
  return { running: new Map(), isProven: false, falls: 0, down: undefined, quiet: Promise.resolve() };
}

function begin({ running, falls }: Watched, id: string): Running {
  for (const other of running.values()) other.beside.add(id);
  const own = { beside: new Set(running.keys()), fallsBefore: falls, done: Promise.withResolvers<void>() };
  running.set(id, own);
  return own;
}

async function settled(target: Watched): Promise<void> {
  for (let waited; waited !== target.quiet;) {
    waited = target.quiet;
    await waited;
  }
}

/** Does a job while no case of the target runs, nor another such job. */
async function inQuiet(target: Watched, job: () => Promise<Attempted>): Promise<Attempted> {
  const before = target.quiet;
  const done = (async (): Promise<Attempted> => {
    await before;
    await Promise.all([...target.running.values()].map(async (one) => await one.done.promise));
    return await job();
  })();
  target.quiet = done.catch(() => undefined);
  return await done;
}

function isUntold({ outcome, observation }: Attempted): boolean {
  const isOpen = outcome.status === "error" || outcome.status === "inconclusive";
  return isOpen && observation?.decision === undefined;
}

function fell(target: Watched, { next }: Pick<Untold, "next" | "beside">, attempted: Attempted): Attempted {
  target.down = `${next.id} brought it down`;
  const why = `this brought ${next.target} down: afterwards a good sign-in was not accepted either`;
  const differences = [why, ...attempted.outcome.differences];
  return { ...attempted, outcome: { status: "fail", differences }, severity: "critical" };
}

function unclear(target: Watched, { next, beside, attempted }: Untold): Attempted {
  const others = [...beside].join(", ");
  target.down ??= `it went down during ${[next.id, ...beside].join(", ")}`;
  const why = `${next.target} went down during this case, beside ${others}: run each alone, with --grep, to see which of them brings it down`;
  return { ...attempted, outcome: { status: "error", differences: [why, ...attempted.outcome.differences] } };
}

function stillDown({ target }: Case, why: string): Attempted {
  const differences = [`${target} is down and accepts no good sign-in: ${why}`];
  return { outcome: { status: "error", differences }, observation: undefined, verdict: undefined };
}

/** A good sign-in on the same transport at the same target. */
function goodSignIn({ scenario, transport, target }: Case, count: number): Case {
  const { channel } = scenario.emission;
  const id = `good-sign-in-${count}`;
  const { control: _control, later: _later, asks: _asks, asked: _asked, ...rest } = scenario;
  return {
    id: `${id}/${transport}/${target}`,
    transport,
    target,
    scenario: {
      ...rest,
      id,
      emission: { channel, profile: "password-and-otp", patch: [], tamper: [], key: "published", ignore: [] },
      issuer: "shared",
      flow: "code",
      steps: ["sign-in"],
      expect: { verdict: "compliant", findings: [], decision: "accept" },
    },
  };
}
