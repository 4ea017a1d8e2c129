import type { ArtifactKind, Channel } from "./artifact.ts";
import type { Evidence } from "./evidence.ts";
import type { Finding } from "./finding.ts";
import type { MatcherAnswers, MatcherName } from "./matchers/matcher.ts";
import type { SeenMfa } from "./seen-mfa.ts";

/**
 * How what was done and what is said about it differ: the user was challenged and the reader cannot see it (F-37,
 * PSX-15), or MFA is stated and what else is said speaks against a challenge (F-07, F-34, F-35).
 */
export type Visibility = "challenged-but-invisible" | "visible-but-never-challenged";

/** What one of several plausible readers makes of an artifact. */
export interface ReadingVerdict extends Pick<Verdict, "artifact" | "policy" | "verdict" | "reason"> {
  /** What names this reader on the command line, e.g. `--policy oidc`. */
  readonly option: string;
}

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
  /** Absent when nothing tells that the two differ. */
  readonly visibility?: Visibility;
  /** What the artifact says about MFA; undefined when it could not be read or believed. */
  readonly evidence: Evidence | undefined;
  /** How each known reader would take the same artifact; those of `amr` in a token check no signature. */
  readonly matchers: MatcherAnswers;
  /** Readers of this channel that see it otherwise: they pass what is not compliant, or do not pass what is. */
  readonly disagreement: readonly MatcherName[];
  /** Of a response: each value that says MFA, and which known readers see it there; absent when none says it. */
  readonly seenBy?: readonly SeenMfa[];
  /** What the policy left open, e.g. `audience`, `nonce`: not checked, so not vouched for. */
  readonly unchecked: readonly string[];
  /** Only where the reader was guessed and plausible ones differ, so that the verdict is open: what each makes of it. */
  readonly readings?: readonly ReadingVerdict[];
}
