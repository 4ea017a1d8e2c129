import { makeBoundedMap } from "./store/bounded-map.ts";
import type { Choices } from "./choices.ts";
import type { IssuedArtifact } from "./issued.ts";
import type { Lists, Store } from "./store/store.ts";

/** What was issued under each choice. */
export interface IssuedRecord {
  /** A choice that is not on offer, and no choice at all, keep nothing. */
  readonly add: (choice: string | undefined, issued: IssuedArtifact) => Promise<void>;
  /** What this replica issued, oldest first. */
  readonly of: (choice: string) => readonly IssuedArtifact[];
  /** The same of every replica. */
  readonly ofAll: (choice: string) => Promise<readonly IssuedArtifact[]>;
  readonly forget: (choice: string) => void;
}

/** The built-in choices stay on offer for as long as the IdP runs, so each keeps only its newest artifacts. */
const LIMIT_PER_CHOICE = 100;

const BOUNDS = { limit: 10_000, ttlSeconds: 86_400, length: LIMIT_PER_CHOICE };

/**
 * Makes an empty record.
 *
 * @param shared where replicas keep the record that they have in common; absent: there is one replica
 */
export function makeIssuedRecord(choices: Choices, shared?: Store): IssuedRecord {
  const byChoice = makeBoundedMap<IssuedArtifact[]>(BOUNDS.limit);
  const lists: Lists<IssuedArtifact> | undefined = shared?.lists("issued", BOUNDS);
  const of = (choice: string): readonly IssuedArtifact[] => [...(byChoice.get(choice) ?? [])];
  return {
    add: async (choice, issued) => {
      if (choice === undefined || choices.get(choice) === undefined) return;
      const kept = byChoice.get(choice) ?? [];
      kept.push(issued);
      if (kept.length > LIMIT_PER_CHOICE) kept.shift();
      byChoice.put(choice, kept);
      await lists?.append(choice, issued);
    },
    of,
    ofAll: async (choice) => (lists === undefined ? of(choice) : await lists.read(choice)),
    forget: (choice) => {
      byChoice.remove(choice);
      // What stays behind runs out, and nobody is told of a choice that is not on offer.
      lists?.clear(choice).catch(() => undefined);
    },
  };
}
