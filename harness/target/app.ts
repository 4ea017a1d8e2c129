import { type Cleanup, openTogether } from "../cleanup.ts";
import type { Channel } from "../emission/channels.ts";
import { HarnessError } from "../errors.ts";
import type { MockIdp } from "../idp/mock-idp.ts";
import { ownIssuerBase } from "../idp/own-issuer.ts";
import { asksAbout } from "../scenario/asks.ts";
import { emissionAfter } from "../scenario/later.ts";
import type { Flow } from "../scenario/schema.ts";
import type { DrivenBrowser, Driver } from "../transport/exchange.ts";
import type { DrivenTransport, Drivers } from "../transport/drivers.ts";
import type { AppAddresses } from "./app-addresses.ts";
import type { Observation } from "./observation.ts";
import { readDecision, readNamed, type SeenDecision } from "./read-decision.ts";
import { performSteps } from "./steps/perform.ts";
import type { Scene, Stage, WhoIsIn } from "./steps/scene.ts";
import type { Attempt, Target } from "./target.ts";

/** A partner app that shows on its pages who is signed in and with what access. */
export interface AppTargetOptions {
  readonly name: string;
  readonly channels: readonly Channel[];
  /** The protected page that begins a sign-in of this channel for this user. */
  readonly startUrl: (channel: Channel, user: string) => string;
  /** How the protected page asks, in OpenID Connect; default `code`. */
  readonly flow?: Flow | "implicit";
  /** The oldest sign-in that it accepts; absent: it is unknown. */
  readonly maxAuthAgeSeconds?: number | undefined;
  /** What steps other than a sign-in need. */
  readonly addresses?: AppAddresses;
  readonly idp: MockIdp;
  readonly drivers: Drivers;
  /** Links and buttons of its pages that are pressed on the way. */
  readonly press?: readonly string[] | undefined;
  /** Reads the decision while the browser is still open; absent: the last page says it outright. */
  readonly read?: ReadScene;
  /** Looks who is signed in; absent: the protected page says it outright. */
  readonly whoIsIn?: WhoIsIn;
}

/** Reads what an app decided from what was done, and looks further if need be. */
export type ReadScene = (scene: Scene, stage: Stage, attempt: Attempt) => Promise<SeenDecision>;

/** Asked more often than this in one sign-in, a person would give up. */
const MAX_SIGN_INS = 3;

const TRANSPORTS: readonly DrivenTransport[] = ["protocol", "browser"];

const PLAIN_COURSE: NonNullable<Attempt["course"]> = { issuer: "shared", flow: "code", steps: ["sign-in"] };

/** A partner app as a target: the emission is offered to its user, who signs in and reads the page that comes. */
export function appTarget(options: AppTargetOptions): Target {
  return {
    name: options.name,
    channels: options.channels,
    transports: TRANSPORTS,
    observe: (attempt) => observe(options, attempt),
  };
}

async function observe(options: AppTargetOptions, attempt: Attempt): Promise<Observation> {
  const { idp, drivers, name } = options;
  const { emission, user, course = PLAIN_COURSE } = attempt;
  const transport = TRANSPORTS.find((one) => one === attempt.transport);
  if (transport === undefined) throw new TypeError(`${name} does not take transport ${attempt.transport}`);
  const driver = await drivers.get(transport);
  const choice = idp.offer(emission, `${name}: ${user}`);
  try {
    return await openTogether(async (cleanup) => {
      const stage = stageOf(options, attempt, choice, () => openBrowser(driver, attempt, cleanup));
      const scene = await performSteps(course.steps, stage);
      // Whoever looks at the app afterwards may be signed in once more, which is no part of the case.
      const crossed = crossedOf(options, attempt, choice);
      const seen = scene.seen ?? (await options.read?.(scene, stage, attempt));
      await cleanup[Symbol.asyncDispose]();
      const exchanges = scene.driven.flatMap((one) => one.exchanges);
      const last = scene.driven.at(-1);
      const lastPage = last === undefined ? {} : { lastPage: last.page };
      const { maxAuthAgeSeconds } = options;
      const known = maxAuthAgeSeconds === undefined ? {} : { maxAuthAgeSeconds };
      const outright = seen ?? seenOutright(options, attempt, scene, crossed.issued?.signedName);
      return { ...outright, exchanges, ...lastPage, ...crossed, ...known };
    });
  } finally {
    idp.withdraw(choice);
  }
}

async function openBrowser(driver: Driver, { keeper }: Attempt, cleanup: Cleanup): Promise<DrivenBrowser> {
  return cleanup.use(await driver.open(keeper));
}

function stageOf(
  options: AppTargetOptions,
  attempt: Attempt,
  choice: string,
  openAnother: () => Promise<DrivenBrowser>,
): Stage {
  const { addresses = {}, idp, startUrl } = options;
  const { emission, user, signal, course = PLAIN_COURSE } = attempt;
  const { flow, later } = course;
  const isOwn = course.issuer === "own";
  const own = ownIssuerBase(idp.origin, choice);
  const protectedPage = startUrl(emission.channel, user);
  const base = isOwn ? own : idp.origin;
  return {
    addresses,
    flow,
    protectedPage,
    start: startOf(options, attempt, base) ?? protectedPage,
    changeEmission: () => {
      if (later !== undefined) idp.change(choice, emissionAfter(emission, later));
    },
    idp: base,
    otherIdp: isOwn ? idp.origin : own,
    plan: {
      idpOrigin: idp.origin,
      user,
      choice,
      maxSignIns: MAX_SIGN_INS,
      signal,
      ...(options.press === undefined ? {} : { press: options.press }),
    },
    whoIsIn: options.whoIsIn ?? whoIsInOutright(protectedPage),
    openBrowser: openAnother,
  };
}

function whoIsInOutright(start: string): WhoIsIn {
  return async (browser, plan) => {
    const driven = await browser.visit({ ...plan, start, maxSignIns: 0 });
    const { page, looped } = driven;
    return {
      driven,
      named: looped ? undefined : readNamed(page.html),
      failed: !looped && page.status >= 500,
    };
  };
}

/** Where a sign-in begins that is not as usual. */
function startOf(
  { name, addresses = {}, flow: ownFlow = "code" }: AppTargetOptions,
  { user, course = PLAIN_COURSE }: Attempt,
  base: string,
): string | undefined {
  const { issuer, flow } = course;
  const asks = course.asks && asksAbout(course.asks, user);
  if (issuer === "own" || (flow !== "code" && flow !== ownFlow)) {
    const start = addresses.initiate?.(base, flow, user, asks);
    if (start === undefined) throw cannotBeSent(name);
    return start;
  }
  const start = asks === undefined ? undefined : addresses.ask?.(asks);
  if (asks !== undefined && start === undefined) throw cannotBeTold(name);
  return start;
}

function cannotBeTold(name: string): HarnessError {
  return new HarnessError(
    "ERR_SCENARIO_INVALID",
    `${name} cannot be told what to ask for`,
    "Take `asks` out of the scenario, or run it against a target that can.",
  );
}

function cannotBeSent(name: string): HarnessError {
  return new HarnessError(
    "ERR_SCENARIO_INVALID",
    `${name} cannot be sent to another issuer or into another flow`,
    "Take `issuer` and `flow` out of the scenario, or give the target an address to initiate a sign-in.",
  );
}

function seenOutright(
  { startUrl }: AppTargetOptions,
  { emission, user }: Attempt,
  { driven }: Scene,
  signedName: string | undefined,
): SeenDecision {
  const last = driven.at(-1);
  if (last === undefined) return { decision: undefined, signals: ["no page was shown"] };
  return readDecision(last, new URL(startUrl(emission.channel, user)).origin, user, signedName);
}

/** What the IdP can tell of a case. */
function crossedOf(
  { idp }: AppTargetOptions,
  { emission, course = PLAIN_COURSE }: Attempt,
  choice: string,
): Pick<Observation, "issued" | "handedOut" | "ownIssuer" | "ownTokenRequests"> {
  const issued = idp.issued(choice).findLast(({ channel }) => channel === emission.channel);
  const crossed = { issued, handedOut: idp.handedOut(choice) };
  if (course.issuer !== "own") return crossed;
  return { ...crossed, ownIssuer: choice, ownTokenRequests: tokenRequests(idp, choice) };
}

function tokenRequests(idp: MockIdp, choice: string): number {
  const { pathname } = new URL(`${ownIssuerBase(idp.origin, choice)}/oidc/token`);
  return idp.journal().filter(({ path }) => path === pathname).length;
}
