import type { Channel } from "../emission/channels.ts";
import type { MockIdp } from "../idp/mock-idp.ts";
import type { Scenario, Step } from "../scenario/schema.ts";
import type { Drivers, DrivenTransport } from "../transport/drivers.ts";
import type { AppAddresses } from "./app-addresses.ts";
import { appTarget, type ReadScene } from "./app.ts";
import type { AppDefinition } from "./definition/app.ts";
import { type Known, learn } from "./oracle/learn.ts";
import { readSighting } from "./oracle/read-sighting.ts";
import { lookAt, signOut } from "./oracle/sighting.ts";
import type { Target } from "./target.ts";

/** What any app can be taken through, as only its browser and the IdP take part. */
const ANY_APP: readonly Step[] = ["sign-in", "hold", "other-browser", "deliver", "replay"];

/** Steps that need an address. */
const ADDRESSED: readonly Step[] = ["sign-in-again", "refresh", "user-info"];

/** Whether an app can be taken through a scenario with the addresses that its file names. */
export function canBeTakenThrough({ addresses }: AppDefinition, scenario: Scenario): boolean {
  const { issuer, flow, steps, asked, asks } = scenario;
  const given: readonly string[] = Object.entries(addresses ?? {}).flatMap(([name, address]) =>
    address === undefined ? [] : [name],
  );
  const takes = (step: Step): boolean => {
    if (step === "idp-initiated") return given.includes("idpInitiated");
    return ANY_APP.includes(step) || (ADDRESSED.includes(step) && given.includes(step));
  };
  // What is asked, and by which flow, is the app's own business.
  return (
    (issuer === "shared" || given.includes("initiate")) &&
    flow === "code" &&
    asked === undefined &&
    asks === undefined &&
    steps.every(takes)
  );
}

/** What a partner's app is driven with. */
export interface ExternalAppOptions {
  readonly name: string;
  readonly app: AppDefinition;
  readonly idp: MockIdp;
  readonly drivers: Drivers;
}

/** A partner's web application as a target: it is learned how it looks before its first case. */
export function externalAppTarget({ name, app, idp, drivers }: ExternalAppOptions): Target {
  const lessons = new Map<string, Promise<Known>>();
  const knownFor = (channel: Channel, transport: DrivenTransport): Promise<Known> => {
    const key = `${channel} ${transport}`;
    const known =
      lessons.get(key) ?? drivers.get(transport).then((driver) => learn({ name, app, channel, idp, driver }));
    lessons.set(key, known);
    return known;
  };
  const read: ReadScene = async ({ browser, driven }, { plan }, { emission, user, transport }) => {
    const last = driven.at(-1);
    if (last === undefined || transport === "direct") return NOTHING_SEEN;
    const known = await knownFor(emission.channel, transport);
    const look = { app, idp, browser, plan };
    const seen = await lookAt(last, look);
    await signOut(look);
    return readSighting(seen, known, user, app);
  };
  const addresses = addressesOf(app);
  const target = { name, channels: app.channels, startUrl: () => app.start, addresses, idp, drivers, read };
  return appTarget(target);
}

const NOTHING_SEEN = { decision: undefined, signals: ["no page was shown"] } as const;

function addressesOf({ addresses = {} }: AppDefinition): AppAddresses {
  const { initiate, idpInitiated, ...pages } = addresses;
  const asking = Object.fromEntries(Object.entries(pages).filter(([, address]) => address !== undefined));
  return {
    asking,
    ...(initiate === undefined
      ? {}
      : {
          initiate: (base, _flow, user = "") =>
            filledIn(initiate, { issuer: `${base}/oidc`, idp: base, user }),
        }),
    ...(idpInitiated === undefined ? {} : { idpInitiated: (base) => filledIn(idpInitiated, { idp: base }) }),
  };
}

/** Puts values into an address, so that each stays what it is wherever it stands in the query. */
function filledIn(pattern: string, values: Readonly<Record<string, string>>): string {
  return pattern.replaceAll(/\{(\w+)\}/g, (placeholder, name: string, at: number) => {
    const value = values[name];
    if (value === undefined) return placeholder;
    return at === 0 ? value : encodeURIComponent(value);
  });
}
