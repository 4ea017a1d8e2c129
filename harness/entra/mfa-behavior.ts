/** Whose MFA counts in a federated domain: values of `federatedIdpMfaBehavior` (Microsoft Graph: internalDomainFederation). */
export const MFA_BEHAVIORS = [
  "acceptIfMfaDoneByFederatedIdp",
  "enforceMfaByFederatedIdp",
  "rejectMfaByFederatedIdp",
] as const;

/** Whose MFA counts in one federated domain. */
export type MfaBehavior = (typeof MFA_BEHAVIORS)[number];

/** What is known of a sign-in when MFA is needed. */
export interface MfaState {
  /** Whether the token shows MFA where Entra reads it. */
  readonly showsMfa: boolean;
  /** Whether the IdP was asked for MFA already and has answered. */
  readonly demanded: boolean;
}

/** `done`: the MFA of the IdP counts; `ask-idp`: back there; `own`: Entra asks for its own; `failed`: nobody may go on. */
export type MfaStep = "done" | "ask-idp" | "own" | "failed";

/**
 * Who performs MFA next (Microsoft Graph: internalDomainFederation). An IdP that was asked once and answers without it again would be asked for
 * ever; how often Entra asks is not known, so this one asks once.
 */
export function nextMfaStep(behavior: MfaBehavior, { showsMfa, demanded }: MfaState): MfaStep {
  if (behavior === "rejectMfaByFederatedIdp") return "own";
  if (showsMfa) return "done";
  if (behavior === "acceptIfMfaDoneByFederatedIdp") return "own";
  return demanded ? "failed" : "ask-idp";
}
