import type { ArtifactKind, Channel } from "./artifact.ts";
import type { Evidence } from "./evidence.ts";
import type { Finding } from "./finding.ts";
import type { MatcherAnswers } from "./matchers/matcher.ts";

/** The library's judgement of one artifact. */
export interface Verdict {
  readonly verdict:
    "compliant" | "non-compliant" | "re-authenticate" | "exempt" | "not-applicable" | "inconclusive";
  /** One sentence: why this verdict. */
  readonly reason: string;
  readonly channel: Channel;
  readonly artifact: ArtifactKind;
  /** Id of the policy judged by. */
  readonly policy: string;
  /** Whether the signature was checked, and held. */
  readonly signature: "verified" | "failed" | "unchecked";
  readonly findings: readonly Finding[];
  /** What the artifact says about MFA; undefined when it could not be read or believed. */
  readonly evidence: Evidence | undefined;
  /** How each known reader would compare the same `amr`. */
  readonly matchers: MatcherAnswers;
  /** What the policy left open, e.g. `audience`, `nonce`: not checked, so not vouched for. */
  readonly unchecked: readonly string[];
}
