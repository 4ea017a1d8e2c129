import type { SamlResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import { authnStatementPath } from "../../read/saml-paths.ts";
import type { Rule } from "../../rule.ts";
import { hasBegun } from "../assertion/validity.ts";

/** The sign-in lies in the future, so one of the clocks or the statement is wrong. */
export const authnInstantFuture: Rule<SamlResponse> = {
  id: "saml.authn-instant.future",
  severity: "error",
  title: "sign-in lies in the future",
  requirements: [],
  reference: "SAML core §2.7.2",
  remedy: "Set AuthnInstant to the time at which the user signed in, and keep the clock synchronised.",
  about: "message",
  check({ assertion }, policy, now) {
    if (assertion === undefined) return undefined;
    return assertion.authnStatements.flatMap(({ authnInstant }, index) => {
      if (hasBegun(authnInstant, policy, now)) return [];
      const message = `the sign-in was at ${quote(authnInstant)}; it must not lie in the future`;
      return [{ at: `${authnStatementPath(index)}/@AuthnInstant`, message }];
    });
  },
};
