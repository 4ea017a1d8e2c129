import type { FoundArtifact } from "./found-artifact.ts";

/** What came of a search: what can be judged, and what the search has to say beside it. */
export interface Search {
  /** Each artifact once, in order of appearance. */
  readonly artifacts: readonly FoundArtifact[];
  /** Parts that were not searched, for they are over a limit; empty when all was searched. */
  readonly unsearched: readonly Note[];
  /** What was recognised and is no evidence of a sign-in, e.g. a SAML request; the first 20 of them. */
  readonly passedOver: readonly Note[];
}

/** One thing that a search has to say. */
export interface Note {
  /** Where it is: line, JSON Pointer, parameter; the empty string when it is the whole text. */
  readonly at: string;
  /** What it is, as the predicate of a sentence. */
  readonly message: string;
}
