/** One case that somebody else tests, or that was seen in the field. */
export interface CoverageCase {
  readonly id: string;
  /** What is altered, in a few words. */
  readonly what: string;
  /** Why no scenario can cover it; absent: one should. */
  readonly leftOut?: string;
}

/** A list of cases that the scenarios are measured against. */
export interface CoverageList {
  /** First part of what a scenario says under `covers`, e.g. `saml-sp` of `saml-sp/87`. */
  readonly name: string;
  readonly title: string;
  /** Where the ids come from. */
  readonly source: string;
  readonly cases: readonly CoverageCase[];
}
