import type { JournalEntry } from "./entry.ts";
import type { Lists, Store } from "../store/store.ts";

/** What replicas write down together. */
export interface SharedJournal {
  /** Key of the marks that stand for values, so that equal values look alike whichever replica saw them. */
  readonly key: string;
  readonly add: (entry: JournalEntry) => void;
  /** Oldest first. */
  readonly read: () => Promise<readonly JournalEntry[]>;
  readonly clear: () => Promise<void>;
}

/** As many as one replica keeps, for a day. */
const BOUNDS = { limit: 1, ttlSeconds: 86_400, length: 1000 };

const NAME = "entries";

/** Makes the journal of replicas. */
export function makeSharedJournal(store: Store, key: string): SharedJournal {
  const lists: Lists<JournalEntry> = store.lists("journal", BOUNDS);
  return {
    key,
    // The request was answered already: nobody is left who could be told that it was not written down.
    add: (entry) => void lists.append(NAME, entry).catch(() => undefined),
    read: async () => await lists.read(NAME),
    clear: async () => await lists.clear(NAME),
  };
}
