import type { Channel } from "../../emission/channels.ts";
import type { MockIdp } from "../../idp/mock-idp.ts";
import type { Step } from "../../scenario/schema.ts";
import type { Drivers, DrivenTransport } from "../../transport/drivers.ts";
import type { DrivenSignIn } from "../../transport/exchange.ts";
import type { ReadScene } from "../app.ts";
import type { AppDefinition } from "../definition/app.ts";
import type { SeenDecision } from "../read-decision.ts";
import type { WhoIsIn } from "../steps/scene.ts";
import type { Attempt } from "../target.ts";
import { type Acquaintance, makeAcquaintance } from "./acquaintance.ts";
import { doubt, needsRejections, needsWeak, rejectedSo } from "./doubts.ts";
import { type Before, needsProtectedPage } from "./infer.ts";
import type { Known } from "./known.ts";
import { printOf } from "./page-print.ts";
import { readSighting } from "./read-sighting.ts";
import { whileWanted } from "./reassurance.ts";
import type { Sentinel } from "./sentinel.ts";
import { type Look, lookAt, lookAtProtected, signOut } from "./sighting.ts";
import { failuresOf, type Lesson, signedNamesOf, signInOnce } from "./sign-in-once.ts";
import { isSaidBySigns } from "./signs.ts";
import { standUp } from "./stand-up.ts";
import { identify, needsReference } from "./whose.ts";

/** Tells what one app decides. */
export interface Oracle {
  /** Is told of an attempt before anything is done. */
  readonly begin: (attempt: Attempt) => void;
  /** Reads a decision from a scene; the app is learned before the first. */
  readonly read: ReadScene;
  readonly whoIsIn: WhoIsIn;
}

/** What an oracle needs of an app. */
export interface OracleOptions {
  readonly name: string;
  readonly app: AppDefinition;
  readonly idp: MockIdp;
  readonly drivers: Drivers;
  /** How long each sign-in may take that the app is learned by; default 30. */
  readonly patienceSeconds?: number;
}

/** Makes the oracle of one app. */
export function makeOracle({ drivers, ...learned }: OracleOptions): Oracle {
  const { app, idp } = learned;
  const met = new Map<string, Promise<Acquaintance>>();
  const losses = new Map<string, Sentinel["losses"]>();
  const began = new WeakMap<Attempt, number>();
  const meet = (channel: Channel, transport: DrivenTransport): Promise<Acquaintance> => {
    const key = `${channel} ${transport}`;
    const found =
      met.get(key) ??
      drivers.get(transport).then(async (driver) => {
        const acquaintance = await makeAcquaintance({ ...learned, channel, driver });
        losses.set(key, acquaintance.sentinel.losses);
        return acquaintance;
      });
    met.set(key, found);
    return found;
  };
  const begin = (attempt: Attempt): void => {
    const key = `${attempt.emission.channel} ${attempt.transport}`;
    began.set(attempt, losses.get(key)?.() ?? 0);
  };
  const read: ReadScene = async ({ browser, driven }, { plan }, attempt) => {
    const last = driven.at(-1);
    const { emission, transport } = attempt;
    if (last === undefined || transport === "direct") return NOTHING_SEEN;
    const acquaintance = await meet(emission.channel, transport);
    const decided = await readLast(last, { app, idp, browser, plan }, acquaintance, attempt);
    const course = {
      failures: failuresOf(driven, app),
      lossesBefore: began.get(attempt) ?? 0,
      isSaid: isSaidBySigns(last.page.html, app, decided.decision),
    };
    return await whileWanted(standUp(decided, acquaintance, course), plan.signal);
  };
  const whoIsIn: WhoIsIn = async (browser, plan) => {
    const driven = await browser.visit({ ...plan, start: app.start, maxSignIns: 0 });
    const seen = await lookAt(driven, { app, idp, browser, plan }, app.signedIn.url);
    const failed = !driven.looped && driven.page.status >= 500;
    return { driven, named: seen.named, failed };
  };
  return { begin, read, whoIsIn };
}

const NOTHING_SEEN = { decision: undefined, signals: ["no page was shown"] } as const;

async function readLast(
  last: DrivenSignIn,
  look: Look,
  { lesson, known, weak, rejections }: Acquaintance,
  { user, course }: Attempt,
): Promise<SeenDecision> {
  const { app, plan } = look;
  const looked = await lookAt(last, look, known.place);
  const reference = needsReference(known, looked) ? await nameAfterwards(lesson, known, user) : undefined;
  const signedNames = signedNamesOf(look.idp, look.plan.choice, lesson.channel);
  const names = { reference, signedNames };
  const needsMore = needsProtectedPage(looked, known, identify(looked, known, user, names));
  const seen = needsMore ? await lookAtProtected(looked, look) : looked;
  await signOut(look);
  const before = beforeLast(course?.steps ?? []);
  const decided = readSighting(seen, known, { user, signs: app, before, ...names });
  const reading = { decided, seen, known, app, user, before };
  if (needsRejections(reading)) {
    const isSo = await whileWanted(rejections.endSo(printOf(seen.page, [user])), plan.signal);
    if (isSo) return rejectedSo(decided);
  }
  return needsWeak(reading) ? doubt(reading, await whileWanted(weak(), plan.signal)) : decided;
}

/** An app with names of its own is asked afterwards, so that the case itself is the first that it sees of the user. */
async function nameAfterwards(lesson: Lesson, known: Known, user: string): Promise<string | undefined> {
  const { seen } = await signInOnce(lesson, user, "sign-in", known.place);
  return seen.named;
}

/** Steps by which an answer of the IdP is sent to the app, perhaps not for the first time. */
const DELIVERIES: readonly Step[] = ["deliver", "deliver-earlier"];

function beforeLast(steps: readonly Step[]): Before {
  const inThisBrowser = steps.slice(steps.lastIndexOf("other-browser") + 1);
  const last = inThisBrowser.at(-1);
  const earlier = inThisBrowser.slice(0, -1).filter((step): step is Step => step !== "hold");
  if (last === undefined || earlier.length === 0) return "nothing";
  const isAgain = last === "replay" || (DELIVERIES.includes(last) && earlier.includes(last));
  return isAgain ? "same-answer" : "other-visits";
}
