/** What a requirement or a supplementary rule calls for where its condition is met. */
type RequirementKind =
  | "applies"
  | "compliant"
  | "non-compliant"
  | "re-authenticate"
  | "exempt"
  | "not-applicable"
  | "inconclusive"
  | "advisory";

/**
 * What a failure seen in the field does: MFA happened and nobody sees it, MFA is stated and did not happen, the message
 * or the sign-in is rejected, the user is asked again and again, or the reader reads it wrongly.
 */
type FailureKind = "invisible" | "false-claim" | "rejected" | "loop" | "misread";

/** One requirement of the guidance for partners, one rule beside it, or one failure seen in the field. */
export interface Requirement {
  /** `PSR-001` from the FAQ, `PSX-01` from other pages, `F-01` from the field; never renamed, never reused. */
  readonly id: string;
  readonly kind: RequirementKind | FailureKind;
  /** Who or what it is about. */
  readonly subject: string;
  /** One sentence: when it is met, and what follows. */
  readonly says: string;
  /** Headings of the FAQ (`H05`), or what a reference names: a page, a specification, a report. */
  readonly sources: readonly string[];
}

/** A row of a table of requirements: id, kind, subject, sentence, then the sources. */
export type Row = readonly [
  id: string,
  kind: Requirement["kind"],
  subject: string,
  says: string,
  ...sources: string[],
];

/** The rows of a table as requirements. */
export function requirementsOf(rows: readonly Row[]): readonly Requirement[] {
  return rows.map(([id, kind, subject, says, ...sources]) => ({ id, kind, subject, says, sources }));
}
