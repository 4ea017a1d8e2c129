import type { EmissionMember } from "../emission/model.ts";
import type { IssuedArtifact } from "../idp/issued.ts";
import type { Exchange, FinalPage } from "../transport/exchange.ts";

/** What a target visibly did with a sign-in. */
export type Decision = "accept" | "refuse" | "challenge";

/** How sure it is that a decision is what was read. */
export type Confidence = "high" | "medium" | "low";

/** What was seen of one case: nothing judged yet. */
export interface Observation {
  /** Undefined when the target decides nothing (direct transport) or nothing visible told. */
  readonly decision: Decision | undefined;
  /** What the decision rests on, in words, e.g. `/portal names agent-7@partner.example as signed in`. */
  readonly signals: readonly string[];
  /** How sure the decision is; absent: it was told outright. */
  readonly confidence?: Confidence;
  /**
   * Whose session the target opened: the user's who signed in, that of somebody who did not, or nobody's. An artifact may
   * be taken and only its signed part believed: then it is `marker`. Absent: nothing tells.
   */
  readonly as?: "marker" | "forged" | "nobody";
  readonly exchanges: readonly Exchange[];
  /** The page at the end, with all that stands on it; absent: there was none. */
  readonly lastPage?: FinalPage;
  /** The signed artifact that crossed; undefined when none did. */
  readonly issued: IssuedArtifact | undefined;
  /** What of the emission the IdP was asked for and sent; absent: it was handed over without an IdP. */
  readonly handedOut?: readonly EmissionMember[];
  /** The oldest sign-in that the app is said to accept, seconds; absent: its file does not say. */
  readonly maxAuthAgeSeconds?: number;
  /** The choice whose own issuer signed it; absent: the shared issuer did. */
  readonly ownIssuer?: string;
  /** How often the target asked the scenario's own issuer for tokens; absent: it was not sent there. */
  readonly ownTokenRequests?: number;
}
