import type { Channel } from "../emission/channels.ts";
import type { MockIdp } from "../idp/mock-idp.ts";
import type { DrivenTransport, Drivers } from "../transport/drivers.ts";
import type { Observation } from "./observation.ts";
import { readDecision } from "./read-decision.ts";
import type { Attempt, Target } from "./target.ts";

/** A partner app that shows on its pages who is signed in and with what access. */
export interface AppTargetOptions {
  readonly name: string;
  readonly channels: readonly Channel[];
  /** The protected page that begins a sign-in of this channel. */
  readonly startUrl: (channel: Channel) => string;
  readonly idp: MockIdp;
  readonly drivers: Drivers;
}

/** Asked more often than this in one sign-in, a person would give up. */
const MAX_SIGN_INS = 3;

const TRANSPORTS: readonly DrivenTransport[] = ["protocol", "browser"];

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
  const { idp, drivers, name, startUrl } = options;
  const { emission, user, signal } = attempt;
  const transport = TRANSPORTS.find((one) => one === attempt.transport);
  if (transport === undefined) throw new TypeError(`${name} does not take transport ${attempt.transport}`);
  const driver = await drivers.get(transport);
  const start = startUrl(emission.channel);
  const choice = idp.offer(emission, `${name}: ${user}`);
  try {
    const { origin } = idp;
    const plan = { start, idpOrigin: origin, user, choice, maxSignIns: MAX_SIGN_INS, signal };
    const driven = await driver.signIn(plan);
    const issued = idp.issued(choice).findLast(({ channel }) => channel === emission.channel);
    const seen = readDecision(driven, new URL(start).origin, user);
    return { ...seen, exchanges: driven.exchanges, issued };
  } finally {
    idp.withdraw(choice);
  }
}
