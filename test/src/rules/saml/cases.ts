import type { Policy } from "../../../../src/policy.ts";
import { NOW, rsaKey, samplePolicy, sampleResponse, signBoth } from "../../../support/signed-saml.ts";
import { findingsOf } from "./findings.ts";

/** The key that the cases are signed with. */
export const key = rsaKey();

/** The sample before it is edited and signed. */
export const plain = sampleResponse();

/** An edit of the sample before signing, a change of the policy, and the findings that follow from them. */
export interface Edit {
  readonly name: string;
  readonly from: string | RegExp;
  readonly to: string;
  readonly changes?: Partial<Policy>;
  readonly ids: readonly string[];
}

/** Edits and signs the sample, and says which rules are broken. */
export async function idsOf({ from, to, changes }: Edit): Promise<readonly string[]> {
  const edited = plain.replace(from, to);
  if (edited === plain && from !== "") throw new Error("the edit changed nothing");
  return (await findingsOf(signBoth(edited, key), samplePolicy([key], changes), NOW)).ids;
}
