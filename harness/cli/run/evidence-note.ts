import { dirname } from "node:path/posix";
import type { RunEvent } from "../../run/events.ts";

/** Says where evidence was kept. */
export interface EvidenceNote {
  readonly note: (event: RunEvent) => void;
  /** A line; nothing where nothing was kept. */
  readonly text: () => string;
}

/** Makes the note of a run that has told nothing yet. */
export function makeEvidenceNote(): EvidenceNote {
  const folders = new Set<string>();
  let files = 0;
  return {
    note: (event) => {
      if (event.type !== "case-end") return;
      for (const { path } of event.result.evidence ?? []) {
        folders.add(dirname(dirname(path)));
        files += 1;
      }
    },
    text: () =>
      files === 0
        ? ""
        : `evidence: ${[...folders].join(", ")} (${files} files; they hold tokens and cookies of test users: do not publish them)\n`,
  };
}
