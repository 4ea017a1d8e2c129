import type { FinalPage } from "../../transport/exchange.ts";
import type { Known } from "./known.ts";
import { learn } from "./learn.ts";
import { readSighting } from "./read-sighting.ts";
import { makeReassurance, type Reassurance } from "./reassurance.ts";
import { postSentinel, type Sentinel } from "./sentinel.ts";
import { onlyLastPage } from "./sighting.ts";
import { type Lesson, signInOnce } from "./sign-in-once.ts";
import { type Weak, weakFrom } from "./weak.ts";

/** An app that is known, and what it can be asked besides. */
export interface Acquaintance {
  readonly lesson: Lesson;
  readonly known: Known;
  /** Looks after the sentinel, and asks whether the app still lets somebody in. */
  readonly stillLetsIn: Reassurance;
  readonly sentinel: Sentinel;
  /** How a sign-in without MFA looks; asked of the app when it is first wanted. */
  readonly weak: () => Promise<Weak | undefined>;
  /** Whether it fails just so when it refuses; asked of the app when it is first wanted. */
  readonly refusesByFailing: (failures: readonly string[]) => Promise<boolean>;
}

/** Learns an app, and has somebody stay signed in there. */
export async function makeAcquaintance(lesson: Lesson): Promise<Acquaintance> {
  const { known, good } = await learn(lesson);
  const sentinel = await postSentinel(lesson, known);
  let count = 0;
  const probe = async (): Promise<boolean> => {
    count += 1;
    await sentinel.look();
    return await isLetIn(lesson, known, `again-${count}.of.${lesson.name}@partner.example`);
  };
  const weak = once(() => lookWeakly(lesson, known, good));
  const forged = once(() =>
    signInOnce(lesson, `forged.of.${lesson.name}@partner.example`, "forge", known.place),
  );
  const refusesByFailing = async (failures: readonly string[]): Promise<boolean> => {
    const others = failures.filter((failure) => !known.failures.includes(failure));
    if (others.length === 0) return true;
    const usual = (await forged()).failures;
    return others.every((failure) => usual.includes(failure));
  };
  return { lesson, known, stillLetsIn: makeReassurance(probe), sentinel, weak, refusesByFailing };
}

async function isLetIn(lesson: Lesson, known: Known, user: string): Promise<boolean> {
  const { seen, signedNames } = await signInOnce(lesson, user, "sign-in", known.place);
  const reference = known.naming === "own-name" ? seen.named : undefined;
  const names = { reference, signedNames };
  const { decision } = readSighting(seen, known, { user, signs: lesson.app, before: "nothing", ...names });
  return decision === "accept";
}

/** Signs somebody in without MFA and takes down what is shown. */
async function lookWeakly(
  lesson: Lesson,
  known: Known,
  good: readonly FinalPage[],
): Promise<Weak | undefined> {
  const { app, name } = lesson;
  const tried = await signInOnce(lesson, `weak.of.${name}@partner.example`, "sign-in-weakly", known.place);
  const seen = known.place === undefined ? onlyLastPage(tried.seen, app) : tried.seen;
  return weakFrom({ ...tried, seen }, { app, known, good });
}

/** Asks once; what failed is asked again. */
function once<Value>(ask: () => Promise<Value>): () => Promise<Value> {
  let asked: Promise<Value> | undefined;
  return () => {
    asked ??= ask().catch((error: unknown) => {
      asked = undefined;
      throw error;
    });
    return asked;
  };
}
