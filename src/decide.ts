import type { Charge } from "./charge.ts";
import type { Verdict } from "./verdict.ts";

/** What a decision rests on. */
export interface Case {
  readonly signature: Verdict["signature"];
  /** Whether the artifact could be read: nothing that was not read is ever excused or compliant. */
  readonly read: boolean;
  readonly charges: readonly Charge[];
}

/** A verdict with the sentence that gives its reason. */
export type Decision = Pick<Verdict, "verdict" | "reason">;

/**
 * Weighs the charges: a message that cannot be believed comes first, then an exemption, then missing evidence, then
 * doubt, then age. `compliant` is what is left, and only under a verified signature.
 */
export function decide({ signature, read, charges }: Case): Decision {
  const first = (test: (charge: Charge) => boolean): Charge | undefined => charges.find(test);
  const believed = read && signature === "verified";
  const decisive =
    first(({ about, calls }) => about === "message" && calls === "non-compliant") ??
    (believed ? first(({ calls }) => calls === "exempt" || calls === "not-applicable") : undefined) ??
    first(({ calls }) => calls === "non-compliant") ??
    first(({ calls }) => calls === "inconclusive") ??
    (believed ? first(({ calls }) => calls === "re-authenticate") : undefined);
  if (decisive?.calls !== undefined) return { verdict: decisive.calls, reason: reasonOf(decisive, read) };
  if (!read || signature === "failed") return { verdict: "non-compliant", reason: "It could not be read." };
  if (!believed) return { verdict: "inconclusive", reason: "The signature was not checked." };
  return { verdict: "compliant", reason: "The signature holds, every check passed, and MFA is stated." };
}

function reasonOf({ finding }: Charge, read: boolean): string {
  // A message begins with what it is about, often the name of a claim: as it is written there, not as a sentence is.
  return read
    ? `${finding.message} (${finding.rule}).`
    : `${finding.message} (${finding.rule}), so its content was not read.`;
}
