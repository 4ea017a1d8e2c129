import type { IssuedArtifact } from "../idp/issued.ts";
import type { Exchange } from "../transport/exchange.ts";

/** What a target visibly did with a sign-in. */
export type Decision = "accept" | "refuse" | "challenge";

/** What was seen of one case: nothing judged yet. */
export interface Observation {
  /** Undefined when the target decides nothing (direct transport) or nothing visible told. */
  readonly decision: Decision | undefined;
  /** What the decision rests on, in words, e.g. `/portal names agent-7@partner.example as signed in`. */
  readonly signals: readonly string[];
  readonly exchanges: readonly Exchange[];
  /** The signed artifact that crossed; undefined when none did. */
  readonly issued: IssuedArtifact | undefined;
  /** The choice whose own issuer signed it; absent: the shared issuer did. */
  readonly ownIssuer?: string;
  /** How often the target asked the scenario's own issuer for tokens; absent: it was not sent there. */
  readonly ownTokenRequests?: number;
}
