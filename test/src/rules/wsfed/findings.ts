import type { Policy } from "../../../../src/policy.ts";
import { judgeWsFedResponse } from "../../../../src/judge.ts";
import type { Verdict } from "../../../../src/verdict.ts";
import { NOW, rsaKey } from "../../../support/signed-saml.ts";
import { answerAround, sampleToken, signToken, wsFedPolicy } from "../../../support/signed-wsfed.ts";

/** The key that the samples are signed with. */
export const key = rsaKey();

/** The sample before it is edited and signed. */
export const plain = answerAround(sampleToken());

/** An edit of the sample before signing, a change of the policy, and the findings that follow from them. */
export interface Edit {
  readonly name: string;
  readonly from: string | RegExp;
  readonly to: string;
  readonly changes?: Partial<Policy>;
  readonly ids: readonly string[];
}

/** What is looked at in a verdict. */
export interface Summary extends Pick<Verdict, "verdict" | "signature"> {
  readonly ids: readonly string[];
}

/** Judges an answer, and names the rules it breaks, each once. */
export async function judged(xml: string | Uint8Array, changes: Partial<Policy> = {}): Promise<Summary> {
  const { verdict, signature, findings } = await judgeWsFedResponse(xml, wsFedPolicy([key], changes), NOW);
  return { verdict, signature, ids: [...new Set(findings.map(({ rule }) => rule))] };
}

/** Edits and signs the sample, and says which rules are broken. */
export async function idsOf({ from, to, changes }: Edit): Promise<readonly string[]> {
  const edited = plain.replace(from, to);
  if (edited === plain && from !== "") throw new Error("the edit changed nothing");
  return (await judged(signToken(edited, key), changes)).ids;
}
