import type { Decision } from "./observation.ts";

/** Stands among the signals where some speak for acceptance and others against it. */
export const CONTRADICTION = "these signs contradict each other";

/** One thing that was seen, and what it says; undefined: nothing about a decision. */
export interface Vote {
  readonly decision: Decision | undefined;
  /** In words, for the report. */
  readonly signal: string;
}

/** What several signs come to. */
export interface Settled {
  readonly decision: Decision | undefined;
  readonly signals: readonly string[];
}

/**
 * Takes several signs together. A challenge is a refusal that says what would help, so it wins over one; signs for both
 * sides come to nothing.
 */
export function settle(votes: readonly Vote[]): Settled {
  const signals = votes.map(({ signal }) => signal);
  const said = new Set(votes.map(({ decision }) => decision).filter((decision) => decision !== undefined));
  if (said.has("accept") && said.size > 1) {
    return { decision: undefined, signals: [...signals, CONTRADICTION] };
  }
  const decision = said.has("challenge") ? "challenge" : [...said][0];
  return { decision, signals };
}
