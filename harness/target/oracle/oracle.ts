import type { Channel } from "../../emission/channels.ts";
import type { MockIdp } from "../../idp/mock-idp.ts";
import type { Step } from "../../scenario/schema.ts";
import type { Drivers, DrivenTransport } from "../../transport/drivers.ts";
import type { ReadScene } from "../app.ts";
import type { AppDefinition } from "../definition/app.ts";
import type { SeenDecision } from "../read-decision.ts";
import type { WhoIsIn } from "../steps/scene.ts";
import { type Before, needsProtectedPage } from "./infer.ts";
import type { Known } from "./known.ts";
import { learn } from "./learn.ts";
import { readSighting } from "./read-sighting.ts";
import { makeReassurance, type Reassurance, whileWanted } from "./reassurance.ts";
import { lookAt, lookAtProtected, signOut } from "./sighting.ts";
import { type Lesson, signInOnce } from "./sign-in-once.ts";
import { identify, needsReference } from "./whose.ts";

/** Tells what one app decides. */
export interface Oracle {
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
}

interface Learned {
  readonly lesson: Lesson;
  readonly known: Known;
  readonly stillLetsIn: Reassurance;
}

/** Makes the oracle of one app. */
export function makeOracle({ name, app, idp, drivers }: OracleOptions): Oracle {
  const learned = new Map<string, Promise<Learned>>();
  const learnedFor = (channel: Channel, transport: DrivenTransport): Promise<Learned> => {
    const key = `${channel} ${transport}`;
    const found =
      learned.get(key) ??
      drivers.get(transport).then((driver) => learnApp({ name, app, channel, idp, driver }));
    learned.set(key, found);
    return found;
  };
  const read: ReadScene = async ({ browser, driven }, { plan }, { emission, user, transport, course }) => {
    const last = driven.at(-1);
    if (last === undefined || transport === "direct") return NOTHING_SEEN;
    const { lesson, known, stillLetsIn } = await learnedFor(emission.channel, transport);
    const look = { app, idp, browser, plan };
    const looked = await lookAt(last, look, known.place);
    const reference = needsReference(known, looked) ? await nameAfterwards(lesson, known, user) : undefined;
    const needsMore = needsProtectedPage(looked, known, identify(looked, known, user, reference));
    const seen = needsMore ? await lookAtProtected(looked, look) : looked;
    await signOut(look);
    const before = beforeLast(course?.steps ?? []);
    const decided = readSighting(seen, known, { user, signs: app, before, reference });
    return await reassured(decided, () => whileWanted(stillLetsIn(), plan.signal));
  };
  const whoIsIn: WhoIsIn = async (browser, plan) => {
    const driven = await browser.visit({ ...plan, start: app.start, maxSignIns: 0 });
    const seen = await lookAt(driven, { app, idp, browser, plan }, app.signedIn.url);
    const failed = !driven.looped && driven.page.status >= 500;
    return { driven, named: seen.named, failed };
  };
  return { read, whoIsIn };
}

const NOTHING_SEEN = { decision: undefined, signals: ["no page was shown"] } as const;

async function learnApp(lesson: Lesson): Promise<Learned> {
  const known = await learn(lesson);
  let count = 0;
  const probe = async (): Promise<boolean> => {
    count += 1;
    return await isLetIn(lesson, known, `again-${count}.of.${lesson.name}@partner.example`);
  };
  return { lesson, known, stillLetsIn: makeReassurance(probe) };
}

async function isLetIn(lesson: Lesson, known: Known, user: string): Promise<boolean> {
  const { seen } = await signInOnce(lesson, user, "sign-in", known.place);
  const reference = known.naming === "own-name" ? seen.named : undefined;
  const { decision } = readSighting(seen, known, { user, signs: lesson.app, before: "nothing", reference });
  return decision === "accept";
}

/** An app with names of its own is asked afterwards, so that the case itself is the first that it sees of the user. */
async function nameAfterwards(lesson: Lesson, known: Known, user: string): Promise<string | undefined> {
  const { seen } = await signInOnce(lesson, user, "sign-in", known.place);
  return seen.named;
}

/** Whoever is refused by an app that lets nobody in any more was perhaps refused for that alone. */
async function reassured(decided: SeenDecision, stillLetsIn: Reassurance): Promise<SeenDecision> {
  const { decision, signals } = decided;
  if (decision === undefined || decision === "accept") return decided;
  if (await stillLetsIn())
    return { ...decided, signals: [...signals, "afterwards: a good sign-in was let in"] };
  const { as } = decided;
  const shut = "afterwards: a good sign-in was not let in either, so that this refusal proves nothing";
  return { decision: undefined, ...(as === undefined ? {} : { as }), signals: [...signals, shut] };
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
