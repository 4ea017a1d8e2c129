import { setTimeout as after } from "node:timers/promises";
import { HarnessError } from "../../errors.ts";
import type { CommandToStart } from "../definition/started.ts";
import { makeLanes } from "../../transport/lanes.ts";
import { type RunningApp, startApp, type StartOptions } from "./start-app.ts";

/** A partner app that is kept running: what brings it down is told, and it is started again for what comes next. */
export interface KeptApp extends AsyncDisposable {
  /**
   * Does a job with the app, and starts it before where it has ended. Once it has fallen over, one job is done after the
   * other: the next fall has one cause, and takes nothing else along.
   *
   * @param label what the job is called, for messages
   * @param job gets the number of this start of the app, from 0: what was learned of an earlier one counts no more
   * @throws HarnessError `ERR_TARGET_UNREACHABLE` when the app ends meanwhile, whatever came of the job, or is not there
   */
  readonly during: <Result>(label: string, job: (start: number) => Promise<Result>) => Promise<Result>;
}

/** An app that falls over more often than this is not worth a start for each further case. */
const MAX_RESTARTS = 10;

/** A connection breaks a moment before the end of the program behind it is known. */
const END_IS_KNOWN_MILLISECONDS = 500;

/**
 * Starts a partner app and keeps it running.
 *
 * @param name of the target, for messages
 * @throws HarnessError `ERR_TARGET_UNREACHABLE` when it does not come up
 */
export async function keepApp(
  name: string,
  command: CommandToStart,
  options: StartOptions,
): Promise<KeptApp> {
  const witness = makeWitness();
  let restarts = 0;
  const start = async (): Promise<RunningApp> => {
    const app = await startApp(name, command, options);
    app.onEnd(witness.fall);
    return app;
  };
  const startAgain = async (ended: RunningApp): Promise<RunningApp> => {
    await ended[Symbol.asyncDispose]();
    return await start();
  };
  let current = start();
  await current;
  const up = async (): Promise<RunningApp> => {
    const known = current;
    const app = await known;
    // Whoever waited beside has started it again.
    if (known !== current) return await up();
    const end = app.end();
    if (end === undefined) return app;
    const untold = witness.takeUntold();
    if (untold !== undefined) throw fellBetween(name, end, untold);
    if (restarts >= MAX_RESTARTS) throw gone(name, restarts, end);
    restarts += 1;
    current = startAgain(app);
    return await current;
  };
  const doJob: KeptApp["during"] = async (label, job) => {
    const app = await up();
    const finish = witness.begin(label);
    const problem = (end: string): HarnessError => fell(name, end, label, witness.casualties());
    return await whileUp(app, job(restarts), problem).finally(finish);
  };
  const alone = makeLanes(1);
  const during: KeptApp["during"] = async (label, job) => {
    const isSteady = (await current).end() === undefined && restarts === 0;
    return isSteady ? await doJob(label, job) : await alone(() => doJob(label, job));
  };
  const stop = async (): Promise<void> => {
    const app = await current.catch(() => undefined);
    await app?.[Symbol.asyncDispose]();
  };
  return { during, [Symbol.asyncDispose]: stop };
}

/** Knows which jobs ran when an app fell over. */
interface Witness {
  /** A job begins. @returns ends it */
  readonly begin: (label: string) => () => void;
  readonly fall: () => void;
  /** Jobs that ran at the last fall. */
  readonly casualties: () => readonly string[];
  /** The job before a fall at which none ran, so that none could tell it; undefined: there is none, or it was taken. */
  readonly takeUntold: () => string | undefined;
}

function makeWitness(): Witness {
  const running = new Set<string>();
  let latest = "its start";
  let casualties: readonly string[] = [];
  let untold: string | undefined;
  return {
    begin: (label) => {
      running.add(label);
      latest = label;
      return () => void running.delete(label);
    },
    fall: () => {
      casualties = [...running];
      untold = casualties.length === 0 ? latest : undefined;
    },
    casualties: () => casualties,
    takeUntold: () => {
      const taken = untold;
      untold = undefined;
      return taken;
    },
  };
}

/** What an app did before it fell over proves nothing: it may have answered amiss because it was falling. */
async function whileUp<Result>(
  app: RunningApp,
  job: Promise<Result>,
  problem: (end: string) => HarnessError,
): Promise<Result> {
  const { promise: ended, resolve } = Promise.withResolvers<"ended">();
  const takeBack = app.onEnd(() => resolve("ended"));
  try {
    const came = await Promise.race([job.then((result) => ({ result })), ended]).catch(
      async (error: unknown) => {
        await Promise.race([ended, after(END_IS_KNOWN_MILLISECONDS)]);
        if (app.end() === undefined) throw error;
        return "ended" as const;
      },
    );
    const end = app.end();
    if (end !== undefined || came === "ended") throw problem(end ?? "ended");
    return came.result;
  } finally {
    takeBack();
  }
}

function fell(name: string, end: string, label: string, labels: readonly string[]): HarnessError {
  const others = labels.filter((one) => one !== label);
  const beside = others.length === 0 ? "" : `, beside ${others.join(", ")}`;
  return new HarnessError(
    "ERR_TARGET_UNREACHABLE",
    `during this case${beside}, ${name} ${end}`,
    "Run the case alone, with --grep: an app that anybody's sign-in brings down can be stopped by anybody.",
  );
}

function fellBetween(name: string, end: string, latest: string): HarnessError {
  return new HarnessError(
    "ERR_TARGET_UNREACHABLE",
    `before this case, after ${latest}, ${name} ${end}`,
    "See what the app does once it has answered.",
  );
}

function gone(name: string, restarts: number, end: string): HarnessError {
  return new HarnessError(
    "ERR_TARGET_UNREACHABLE",
    `${name} was started again ${restarts} times and is not started any more; at last it ${end}`,
    "See which case ran when it fell over.",
  );
}
