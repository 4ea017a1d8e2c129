import type { SamlName } from "../../emission/profiles/saml.ts";
import type { Store } from "../store/store.ts";

/** A service provider that was told who is signed in, and so has to be told when he is not any more. */
export interface Participant {
  /** Entity id. */
  readonly application: string;
  /** The NameID it was told. */
  readonly name: SamlName;
}

/** The service providers of each session of one mock IdP. */
export interface Participants {
  readonly add: (session: string, participant: Participant) => Promise<void>;
  /** Each once, with what it was told last. */
  readonly of: (session: string) => Promise<readonly Participant[]>;
  /** Every NameID that one of them was told in this session: by another request it may be another one. */
  readonly namesTold: (session: string, application: string) => Promise<readonly string[]>;
}

/** As many sessions as the IdP keeps, as long as it keeps them. */
const BOUNDS = { limit: 1000, ttlSeconds: 86_400, length: 200 };

/** Makes a list of nobody. */
export function makeParticipants(store: Store): Participants {
  const told = store.lists<Participant>("saml-participants", BOUNDS);
  return {
    add: told.append,
    namesTold: async (session, application) =>
      (await told.read(session)).flatMap((one) => (one.application === application ? [one.name.nameId] : [])),
    of: async (session) => {
      const byName = new Map<string, Participant>();
      for (const one of await told.read(session)) {
        byName.delete(one.application);
        byName.set(one.application, one);
      }
      return [...byName.values()];
    },
  };
}
