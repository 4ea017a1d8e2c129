import type { SamlAssertion, SamlResponse } from "../../artifact.ts";
import type { Policy } from "../../policy.ts";
import { quote } from "../../quote.ts";
import { CONDITIONS, confirmationPath } from "../../read/saml-paths.ts";
import type { Rule } from "../../rule.ts";
import type { PlacedTime } from "../assertion/counted-sign-ins.ts";
import { hasEnded } from "../assertion/validity.ts";
import { bestConfirmation } from "./confirmation.ts";
import { signInsOf } from "./sign-ins.ts";

function endsOf(assertion: SamlAssertion, policy: Policy, now: number): readonly PlacedTime[] {
  const best = bestConfirmation(assertion, policy, now);
  return [
    { at: `${CONDITIONS}/@NotOnOrAfter`, time: assertion.conditions?.notOnOrAfter },
    {
      at: `${confirmationPath(best?.index ?? 0)}/saml:SubjectConfirmationData/@NotOnOrAfter`,
      time: best?.confirmation.notOnOrAfter,
    },
    ...signInsOf(assertion, policy, now).statements.map(({ sessionEnd }) => sessionEnd),
  ];
}

/** The assertion, its confirmation or the session it opened is over. */
export const timeExpired: Rule<SamlResponse> = {
  id: "saml.time.expired",
  severity: "error",
  title: "validity has ended",
  requirements: [],
  reference:
    "SAML core §2.5.1.2, SAML profiles §4.1.4.3, Entra: SAML 2.0 identity provider for single sign-on",
  remedy: "Issue a fresh assertion, and keep the clocks of both sides synchronised.",
  about: "message",
  check({ assertion }, policy, now) {
    if (assertion === undefined) return undefined;
    return endsOf(assertion, policy, now)
      .filter(({ time }) => hasEnded(time, policy, now))
      .map(({ at, time }) => ({
        at,
        message: `it ended at ${quote(time)}; it must not be used from then on`,
      }));
  },
};
