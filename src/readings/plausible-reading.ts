import type { ArtifactKind } from "../artifact.ts";
import type { PolicyName } from "../policies.ts";
import type { Policy } from "../policy.ts";

/** One way to read an artifact that nobody named the reader of. */
export interface PlausibleReading {
  readonly artifact: ArtifactKind;
  readonly policy: PolicyName;
  /** What the reader asks beyond the ready-made policy. */
  readonly audiences?: Policy["audiences"] | "any";
  /** What names this reader on the command line. */
  readonly option: string;
}
