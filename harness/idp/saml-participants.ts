import { makeBoundedMap } from "./bounded-map.ts";

/** A service provider that was told who is signed in, and so has to be told when he is not any more. */
export interface Participant {
  /** Entity id. */
  readonly application: string;
  /** The NameID it was told. */
  readonly nameId: string;
}

/** The service providers of each session of one mock IdP. */
export interface Participants {
  readonly add: (session: string, participant: Participant) => void;
  readonly of: (session: string) => readonly Participant[];
  readonly remove: (session: string, application: string) => void;
}

/** Sessions that are kept at a time, as many as the IdP keeps. */
const LIMIT = 1000;

/** Makes a list of nobody. */
export function makeParticipants(): Participants {
  const sessions = makeBoundedMap<readonly Participant[]>(LIMIT);
  const of = (session: string): readonly Participant[] => sessions.get(session) ?? [];
  const others = (session: string, application: string): readonly Participant[] =>
    of(session).filter((other) => other.application !== application);
  return {
    of,
    add: (session, participant) =>
      sessions.put(session, [...others(session, participant.application), participant]),
    remove: (session, application) => sessions.put(session, others(session, application)),
  };
}
