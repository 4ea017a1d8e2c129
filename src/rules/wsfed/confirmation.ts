import type { SamlConfirmation, WsFedResponse, WsFedSubject } from "../../artifact.ts";
import type { Policy } from "../../policy.ts";
import { BEARER_METHODS } from "../../vocabulary/wsfed-protocol.ts";
import { fittest } from "../assertion/fittest.ts";
import { hasBegun, hasEnded } from "../assertion/validity.ts";

/** Whether whoever brings the token may use it. */
export function isBearer({ method }: SamlConfirmation): boolean {
  return method !== undefined && BEARER_METHODS.includes(method);
}

/** Whether a confirmation names our address, or none, as all of SAML 1.1 do. */
export function reachesUs({ recipient }: SamlConfirmation, { assertionConsumerService }: Policy): boolean {
  return (
    recipient === undefined ||
    assertionConsumerService === undefined ||
    recipient === assertionConsumerService
  );
}

function demerits(confirmation: SamlConfirmation, policy: Policy, now: number): number {
  const kept = [
    reachesUs(confirmation, policy),
    !hasEnded(confirmation.notOnOrAfter, policy, now),
    hasBegun(confirmation.notBefore, policy, now),
  ];
  return kept.filter((holds) => !holds).length;
}

/** The bearer confirmation of a subject that fits best: one that holds is enough. */
function bestOf({ confirmations }: WsFedSubject, policy: Policy, now: number): SamlConfirmation | undefined {
  const bearers = confirmations.filter((confirmation) => isBearer(confirmation));
  return fittest(bearers, (confirmation) => demerits(confirmation, policy, now));
}

/** The confirmations that a verdict rests on: one for each subject that says how it is confirmed by its bearer. */
export function countedConfirmations(
  { subjects }: WsFedResponse,
  policy: Policy,
  now: number,
): readonly SamlConfirmation[] {
  return subjects.flatMap((subject) => bestOf(subject, policy, now) ?? []);
}
