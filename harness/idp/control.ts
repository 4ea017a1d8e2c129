import { CHANNELS } from "../emission/channels.ts";
import type { Emission, EmissionInput } from "../emission/emission.ts";
import type { RotatingKeys } from "../emission/keys/key-rotation.ts";
import { HarnessError } from "../errors.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Clock } from "./clock.ts";
import type { InUse } from "./in-use.ts";
import type { Journal } from "./journal/journal.ts";
import type { MockIdp } from "./mock-idp.ts";
import type { Realm } from "./realm.ts";

/** What a program does with a running mock IdP, in its own process or through the live API. */
export type Control = Omit<
  MockIdp,
  "origin" | "port" | "trust" | "caCertificate" | "apiToken" | "stop" | typeof Symbol.asyncDispose
>;

/** What is controlled. */
export interface ControlParts {
  readonly realm: Realm;
  readonly journal: Journal;
  readonly inUse: InUse;
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  readonly rotateKeys: RotatingKeys["rotate"];
}

/** An emission made ready, with the scenario it comes from. */
interface Chosen {
  readonly emission: Emission;
  readonly scenario?: string;
}

function noScenario(id: string): HarnessError {
  return new HarnessError(
    "ERR_SCENARIO_INVALID",
    `there is no scenario ${JSON.stringify(id.slice(0, 100))} in the catalogue`,
    "GET /_harness/catalogue lists the ids.",
  );
}

/** The schema brings its library, which a start does without. */
async function loadReader(): Promise<(input: EmissionInput) => Emission> {
  return (await import("./read-emission.ts")).emission;
}

/** Makes what makes an emission ready, from what a person wrote or from the catalogue. */
function makeChooser({ find }: Catalogue): (input: EmissionInput | string) => Promise<Chosen> {
  let reading: Promise<(input: EmissionInput) => Emission> | undefined;
  return async (input) => {
    if (typeof input !== "string") return { emission: (await (reading ??= loadReader()))(input) };
    const found = await find(input);
    if (found === undefined) throw noScenario(input);
    return { emission: found.emission, scenario: input };
  };
}

/** Makes the controls of a mock IdP. */
export function makeControl({ realm, journal, inUse, catalogue, clock, rotateKeys }: ControlParts): Control {
  const { parts, issued, oidc, saml, wsFed, eam } = realm;
  const { choices } = parts;
  const choose = makeChooser(catalogue);
  const sides = { oidc, "partner-api": oidc, saml, wsfed: wsFed, eam };
  return {
    entra: eam.entra,
    clock,
    rotateKeys: async (how) => {
      await rotateKeys(how);
      return [await parts.keys.published(), ...parts.keys.retired()].map(({ kid }) => kid);
    },
    offer: choices.offer,
    change: choices.change,
    offers: () => choices.forChannels(CHANNELS),
    withdraw: (choice) => {
      choices.withdraw(choice);
      issued.forget(choice);
    },
    use: async (input) => {
      const { emission, scenario } = await choose(input);
      inUse.use(emission, scenario);
    },
    inUse: inUse.read,
    reset: inUse.reset,
    register: oidc.relyingParties.register,
    issued: issued.of,
    handedOut: choices.handedOut,
    journal: journal.read,
    clearJournal: journal.clear,
    catalogue: catalogue.all,
    scenario: catalogue.find,
    issue: async (input, request) => {
      const { emission } = await choose(input);
      return await sides[emission.channel].issue(emission, { ...request, now: request.now ?? parts.now() });
    },
  };
}
