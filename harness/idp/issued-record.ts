import type { Choices } from "./choices.ts";
import type { IssuedArtifact } from "./issued.ts";

/** What was issued under each choice. */
export interface IssuedRecord {
  /** A choice that is not on offer, and no choice at all, keep nothing. */
  readonly add: (choice: string | undefined, issued: IssuedArtifact) => void;
  /** Oldest first. */
  readonly of: (choice: string) => readonly IssuedArtifact[];
  readonly forget: (choice: string) => void;
}

/** The built-in choices stay on offer for as long as the IdP runs, so each keeps only its newest artifacts. */
const LIMIT_PER_CHOICE = 100;

/** Makes an empty record. */
export function makeIssuedRecord(choices: Choices): IssuedRecord {
  const byChoice = new Map<string, IssuedArtifact[]>();
  return {
    add: (choice, issued) => {
      if (choice === undefined || choices.get(choice) === undefined) return;
      const kept = byChoice.get(choice) ?? [];
      kept.push(issued);
      if (kept.length > LIMIT_PER_CHOICE) kept.shift();
      byChoice.set(choice, kept);
    },
    of: (choice) => [...(byChoice.get(choice) ?? [])],
    forget: (choice) => void byChoice.delete(choice),
  };
}
