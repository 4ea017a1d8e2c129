/** What may keep an artifact from being read or believed; each channel has a rule for each kind it can meet. */
export type ObstacleKind =
  | "malformed"
  | "too-large"
  | "dtd"
  | "structure"
  | "binding-forbidden"
  | "encrypted"
  | "encryption-forbidden"
  | "encryption-weak"
  | "decryption-failed"
  | "algorithm-forbidden"
  | "canonicalization-inclusive"
  | "key-untrusted"
  | "key-weak"
  | "key-contradictory"
  | "header-forbidden"
  | "signature-missing"
  | "signature-invalid"
  | "signature-structure"
  | "api-bound"
  | "signature-unchecked";

/** One thing that stood in the way of reading. */
export interface Obstacle {
  readonly kind: ObstacleKind;
  /** JSON Pointer or XPath; the empty string is the whole artifact. */
  readonly at: string;
  readonly message: string;
  /** What to change, where the remedy of the rule does not fit what was found. */
  readonly fix?: string;
}

/** What came of reading: the artifact if it could be read, and all that stood in the way. */
export interface Reading<Artifact> {
  /** Undefined when it could not be parsed, or when its signature failed: then nothing in it may be read. */
  readonly artifact: Artifact | undefined;
  /** What could be decoded though its signature failed: shown to readers that check none, and to nothing else. */
  readonly unverified?: Artifact;
  /**
   * `unchecked` when the policy trusts no issuer, and for what could not be decrypted: there the signature, if any, is
   * inside.
   */
  readonly signature: "verified" | "failed" | "unchecked";
  readonly obstacles: readonly Obstacle[];
}
