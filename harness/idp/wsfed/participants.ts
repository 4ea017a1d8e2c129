import type { Store } from "../store/store.ts";

/** The relying parties of each session: where they take answers, and so have to be told that it ended. */
export interface WsFedParticipants {
  readonly add: (session: string, replyTo: string) => Promise<void>;
  /** Forgets a session and says where its relying parties were, each once. */
  readonly end: (session: string) => Promise<readonly string[]>;
}

/** As many sessions as the IdP keeps, as long as it keeps them. */
const BOUNDS = { limit: 1000, ttlSeconds: 86_400, length: 200 };

/** Makes a list of nobody. */
export function makeWsFedParticipants(store: Store): WsFedParticipants {
  const told = store.lists<string>("wsfed-participants", BOUNDS);
  return {
    add: told.append,
    end: async (session) => {
      const places = await told.read(session);
      await told.clear(session);
      return [...new Set(places)];
    },
  };
}
