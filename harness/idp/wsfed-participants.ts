import { makeBoundedMap } from "./bounded-map.ts";

/** The relying parties of each session: where they take answers, and so have to be told that it ended. */
export interface WsFedParticipants {
  readonly add: (session: string, replyTo: string) => void;
  /** Forgets a session and says where its relying parties were, each once. */
  readonly end: (session: string) => readonly string[];
}

/** Sessions that are kept at a time, as many as the IdP keeps. */
const LIMIT = 1000;

/** Makes a list of nobody. */
export function makeWsFedParticipants(): WsFedParticipants {
  const sessions = makeBoundedMap<ReadonlySet<string>>(LIMIT);
  return {
    add: (session, replyTo) => sessions.put(session, new Set([...(sessions.get(session) ?? []), replyTo])),
    end: (session) => {
      const told = [...(sessions.get(session) ?? [])];
      sessions.remove(session);
      return told;
    },
  };
}
