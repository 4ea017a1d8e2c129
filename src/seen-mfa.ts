import type { PolicyName } from "./policies.ts";

/** One value that says MFA to somebody, and which of the known readers would see it where it stands. */
export interface SeenMfa {
  /** XPath of the place. */
  readonly at: string;
  /** The place in words. */
  readonly place: string;
  readonly value: string;
  /** Ready-made policies whose readers look there and take the value for MFA. */
  readonly readers: readonly PolicyName[];
  /** Those whose readers look elsewhere, or for another value. */
  readonly otherReaders: readonly PolicyName[];
  /** Those of which their own pages disagree; absent when there is none. */
  readonly contested?: readonly PolicyName[];
}
