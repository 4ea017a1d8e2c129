import { randomUUID } from "node:crypto";
import type { Channel } from "../emission/channels.ts";
import type { Emission, Profile } from "../emission/emission.ts";
import type { EmissionMember } from "../emission/model.ts";
import { makeHandedOut } from "./handed-out.ts";
import { makeBoundedMap } from "./store/bounded-map.ts";
import type { Mirror, Store } from "./store/store.ts";

/** One line of the sign-in page: an emission that may be chosen. */
export interface OfferedChoice {
  /** What the form sends back as `emission`. */
  readonly id: string;
  readonly title: string;
  readonly emission: Emission;
  /** Set once it was changed: whoever signed in by it before is told of by the emission that it is now. */
  readonly changed?: true;
}

/** The emissions on offer: a built-in one for each channel and profile, and those that were offered since. */
export interface Choices {
  readonly get: (id: string) => Emission | undefined;
  readonly titleOf: (id: string) => string | undefined;
  /** What a sign-in page of these channels shows, in the order it shows it. */
  readonly forChannels: (channels: readonly Channel[]) => readonly OfferedChoice[];
  /** Id of the choice that is selected when nobody chooses. */
  readonly preselected: (channels: readonly Channel[]) => string;
  /** Adds an emission and returns its id. */
  readonly offer: (emission: Emission, title: string) => string;
  /** Puts another emission in the place of an offered one, for sign-ins made and sessions used from now on. */
  readonly change: (id: string, emission: Emission) => void;
  /** What a session says that was opened by this choice: what it said then, unless the choice was changed since. */
  readonly current: (id: string, saidThen: Emission) => Emission;
  /** Notes that something was sent as the emission of a choice has it. */
  readonly handOut: (id: string, member: EmissionMember) => void;
  /** What was handed out of a choice, by this replica and since the choice was last changed. */
  readonly handedOut: (id: string) => readonly EmissionMember[];
  /** Takes an offered emission away; the built-in ones stay. */
  readonly withdraw: (id: string) => void;
  /** Preselects an emission for its channel, under a title of its own or as the one in use. */
  readonly use: (emission: Emission, title?: string) => void;
  /** Takes away what `use` preselected. */
  readonly reset: () => void;
}

/** Written out with their titles: the schema that also lists them would bring its whole library into every start. */
const CHANNEL_TITLES: readonly (readonly [Channel, string])[] = [
  ["oidc", "ID token"],
  ["partner-api", "Partner Center access token"],
  ["saml", "SAML response"],
  ["wsfed", "WS-Federation response"],
];

type Titles = readonly (readonly [Profile, string])[];

const PROFILE_TITLES: Titles = [
  ["password-and-otp", "password and one-time code"],
  ["password-only", "password only, no MFA"],
];

/** An external method is only the second factor: the password was entered at Entra. */
const EAM_TITLES: Titles = [
  ["password-and-otp", "External method: one-time code"],
  ["password-only", "External method: the password again, no second factor"],
];

function builtIn(channel: Channel, profile: Profile, title: string): OfferedChoice {
  const emission = { channel, profile, patch: [], tamper: [], key: "published" as const, ignore: [] };
  return { id: `${channel}-${profile}`, title, emission };
}

function builtInChoices(): OfferedChoice[] {
  const signIns = CHANNEL_TITLES.flatMap(([channel, artifact]) =>
    PROFILE_TITLES.map(([profile, factors]) => builtIn(channel, profile, `${artifact}: ${factors}`)),
  );
  return [...signIns, ...EAM_TITLES.map(([profile, title]) => builtIn("eam", profile, title))];
}

/** Makes the offer of one mock IdP; without a store it is that of this process alone. */
export function makeChoices(store?: Store): Choices {
  const always = builtInChoices();
  const mirror = (kind: string): Mirror<OfferedChoice> =>
    store?.mirror(kind) ?? makeBoundedMap(Number.POSITIVE_INFINITY);
  const offered = mirror("offered");
  /** By channel, the one that was put to use last at the end. */
  const inUse = mirror("in-use");
  const handedOut = makeHandedOut();
  const all = (): OfferedChoice[] => [...inUse.values(), ...always, ...offered.values()];
  const forChannels = (channels: readonly Channel[]): readonly OfferedChoice[] =>
    all().filter(({ emission }) => channels.includes(emission.channel));
  const find = (id: string): OfferedChoice | undefined =>
    offered.get(id) ?? [...inUse.values(), ...always].find((choice) => choice.id === id);
  return {
    get: (id) => find(id)?.emission,
    titleOf: (id) => find(id)?.title,
    forChannels,
    preselected: (channels) => {
      const used = [...inUse.values()].findLast(({ emission }) => channels.includes(emission.channel));
      return used?.id ?? `${channels[0] ?? "oidc"}-password-and-otp`;
    },
    offer: (emission, title) => {
      const id = `offer-${randomUUID()}`;
      offered.put(id, { id, title, emission });
      return id;
    },
    change: (id, emission) => {
      const found = offered.get(id);
      handedOut.forget(id);
      if (found !== undefined) offered.put(id, { ...found, emission, changed: true });
    },
    current: (id, saidThen) => {
      const found = offered.get(id);
      return found?.changed === true ? found.emission : saidThen;
    },
    handOut: (id, member) => {
      if (find(id) !== undefined) handedOut.add(id, member);
    },
    handedOut: handedOut.of,
    withdraw: (id) => {
      offered.remove(id);
      handedOut.forget(id);
    },
    use: (emission, title = "In use") => {
      const id = `use-${emission.channel}`;
      handedOut.forget(id);
      inUse.put(emission.channel, { id, title, emission });
    },
    reset: inUse.clear,
  };
}
