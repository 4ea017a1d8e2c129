import type { Policy } from "../../policy.ts";

/** One value that may say MFA, and how the reader of the policy takes it. */
export interface MfaStatement {
  readonly at: string;
  /** The place in words. */
  readonly place: string;
  readonly value: string;
  /** Whether the reader looks there. */
  readonly read: boolean;
  /** Whether the value means MFA to the reader. */
  readonly accepted: boolean;
  /** Whether the value means MFA to this reader or to another one, in this place. */
  readonly known: boolean;
}

/** Whether a policy says where a SAML message has to state MFA; otherwise no rule about it has anything to say. */
export function wantsMfa({ mfa }: Policy): boolean {
  return mfa.classRefs.length > 0 || mfa.attributes.length > 0;
}
