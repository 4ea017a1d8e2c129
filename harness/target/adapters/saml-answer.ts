import type { AdapterAnswer } from "./adapter.ts";

const METHODS = "http://schemas.microsoft.com/claims/authnmethodsreferences";
const MULTIPLE_AUTHN = "http://schemas.microsoft.com/claims/multipleauthn";

/** What a library says about MFA in a response that it found valid. */
export interface SamlStatements {
  /** Attributes by name. */
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly classRefs: readonly string[];
}

/** What a reader decides then: as Entra does, by the attribute or the class that stands for MFA. */
export function samlAnswer(library: string, { attributes, classRefs }: SamlStatements): AdapterAnswer {
  const values: readonly unknown[] = [attributes[METHODS], classRefs].flat();
  if (values.includes(MULTIPLE_AUTHN)) {
    return { decision: "accept", reason: `${library}: valid, says multipleauthn` };
  }
  return { decision: "refuse", reason: `${library}: valid, but nothing says multipleauthn` };
}
