import type { SamlAssertion, SamlConfirmation } from "../../artifact.ts";
import type { Policy } from "../../policy.ts";
import { BEARER } from "../../vocabulary/saml-protocol.ts";
import { fittest } from "../assertion/fittest.ts";
import { hasBegun, hasEnded, isNeverValid } from "../assertion/validity.ts";

/** A SubjectConfirmation and its place among its siblings, counted from 0. */
export interface PlacedConfirmation {
  readonly confirmation: SamlConfirmation;
  readonly index: number;
}

/** Whether a confirmation is of the kind that browser sign-in needs: bearer, with a Recipient and an end. */
export function isBearer({ method, recipient, notOnOrAfter }: SamlConfirmation): boolean {
  return method === BEARER && recipient !== undefined && notOnOrAfter !== undefined;
}

/** Whether a confirmation names the assertion consumer service of the policy. */
export function reachesUs({ recipient }: SamlConfirmation, { assertionConsumerService }: Policy): boolean {
  return assertionConsumerService === undefined || recipient === assertionConsumerService;
}

/** Whether a confirmation answers the request of the policy. */
export function answersUs({ inResponseTo }: SamlConfirmation, { requestId }: Policy): boolean {
  return requestId === undefined || inResponseTo === requestId;
}

function demerits(confirmation: SamlConfirmation, policy: Policy, now: number): number {
  const kept = [
    reachesUs(confirmation, policy),
    answersUs(confirmation, policy),
    !hasEnded(confirmation.notOnOrAfter, policy, now),
    hasBegun(confirmation.notBefore, policy, now),
    !isNeverValid(confirmation.notBefore, confirmation.notOnOrAfter, policy, now),
  ];
  return kept.filter((holds) => !holds).length;
}

/**
 * The bearer confirmation that fits best: one that holds is enough, so the others are not held against the message.
 *
 * @see SAML profiles §4.1.4.3
 */
export function bestConfirmation(
  { confirmations }: SamlAssertion,
  policy: Policy,
  now: number,
): PlacedConfirmation | undefined {
  const bearers = confirmations
    .map((confirmation, index) => ({ confirmation, index }))
    .filter(({ confirmation }) => isBearer(confirmation));
  return fittest(bearers, ({ confirmation }) => demerits(confirmation, policy, now));
}
