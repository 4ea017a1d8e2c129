import type { FinalPage } from "../../transport/exchange.ts";
import type { Known } from "./known.ts";
import { learn } from "./learn.ts";
import { readSighting } from "./read-sighting.ts";
import { makeReassurance, type Reassurance } from "./reassurance.ts";
import { makeRejections, type Rejections } from "./rejections.ts";
import { postSentinel, type Sentinel } from "./sentinel.ts";
import { onlyLastPage } from "./sighting.ts";
import { type Lesson, type Manner, signInOnce, type Tried } from "./sign-in-once.ts";
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
  readonly rejections: Rejections;
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
  const stillLetsIn = makeReassurance(probe);
  const reject = (manner: Manner): Promise<Tried> => lookAfter(lesson, known, manner, manner);
  const rejections = makeRejections(known, reject, stillLetsIn);
  return { lesson, known, stillLetsIn, sentinel, weak, rejections };
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
  const tried = await lookAfter(lesson, known, "weak", "sign-in-weakly");
  return weakFrom(tried, { app: lesson.app, known, good });
}

/** Looks at the app as it is looked at after a case. */
async function lookAfter(lesson: Lesson, known: Known, who: string, manner: Manner): Promise<Tried> {
  const { app, name } = lesson;
  const tried = await signInOnce(lesson, `${who}.of.${name}@partner.example`, manner, known.place);
  return known.place === undefined ? { ...tried, seen: onlyLastPage(tried.seen, app) } : tried;
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
