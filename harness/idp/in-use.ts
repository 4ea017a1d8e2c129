import { type Channel, CHANNELS } from "../emission/channels.ts";
import type { Emission } from "../emission/emission.ts";
import { makeBoundedMap } from "./store/bounded-map.ts";
import type { Choices } from "./choices.ts";
import type { Mirror, Store } from "./store/store.ts";

/** What answers a sign-in of one channel when nobody chooses. */
export interface EmissionInUse {
  readonly choice: string;
  readonly emission: Emission;
  /** Absent: it is no scenario's. */
  readonly scenario?: string;
}

/** The emissions in use, with the scenarios they were taken from. */
export interface InUse {
  readonly use: (emission: Emission, scenario?: string) => void;
  readonly reset: () => void;
  readonly read: () => Readonly<Partial<Record<Channel, EmissionInUse>>>;
  /** The scenario of a choice that is in use. */
  readonly scenarioOf: (choice: string) => string | undefined;
}

/** Makes the record of what is in use among the choices of one mock IdP; the store is that of the choices. */
export function makeInUse(choices: Choices, store?: Store): InUse {
  const scenarios: Mirror<string> =
    store?.mirror("scenarios-in-use") ?? makeBoundedMap(Number.POSITIVE_INFINITY);
  const read = (channel: Channel): EmissionInUse | undefined => {
    const choice = choices.preselected([channel]);
    const emission = choices.get(choice);
    const scenario = scenarios.get(choice);
    if (emission === undefined) return undefined;
    return { choice, emission, ...(scenario === undefined ? {} : { scenario }) };
  };
  return {
    use: (emission, scenario) => {
      choices.use(emission);
      const choice = choices.preselected([emission.channel]);
      if (scenario === undefined) scenarios.remove(choice);
      else scenarios.put(choice, scenario);
    },
    reset: choices.reset,
    read: () =>
      Object.fromEntries(
        CHANNELS.flatMap((channel) => {
          const inUse = read(channel);
          return inUse === undefined ? [] : [[channel, inUse] as const];
        }),
      ),
    scenarioOf: (choice) => scenarios.get(choice),
  };
}
