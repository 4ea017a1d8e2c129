import type { SamlAssertion, SamlAttribute } from "../../artifact.ts";
import type { Policy } from "../../policy.ts";
import { attributePath, authnStatementPath } from "../../read/saml-paths.ts";
import { MFA_INSTANT } from "../../vocabulary/saml-mfa.ts";
import {
  type CountedSignIns,
  countedSignIns,
  type SignIn,
  type PlacedTime,
} from "../assertion/counted-sign-ins.ts";
import { statesMfa } from "../assertion/mfa-statement.ts";
import { ofAttribute, ofClassRefs } from "./mfa-statements.ts";

function statementsOf(assertion: SamlAssertion, policy: Policy): readonly SignIn[] {
  return assertion.authnStatements.map((statement, index) => ({
    instant: { at: `${authnStatementPath(index)}/@AuthnInstant`, time: statement.authnInstant },
    sessionEnd: {
      at: `${authnStatementPath(index)}/@SessionNotOnOrAfter`,
      time: statement.sessionNotOnOrAfter,
    },
    statesMfa: statesMfa(ofClassRefs({ authnStatements: [statement] }, policy)),
  }));
}

/** When the MFA of an attribute was done, where another attribute tells. */
function mfaInstants(attributes: readonly SamlAttribute[]): readonly PlacedTime[] {
  return attributes
    .filter(({ name }) => name === MFA_INSTANT)
    .flatMap(({ name, values }) => values.map((time) => ({ at: attributePath(name), time })));
}

/** The sign-ins that the verdict about an assertion rests on. */
export function signInsOf(assertion: SamlAssertion, policy: Policy, now: number): CountedSignIns {
  const { attributes } = assertion;
  const statements = statementsOf(assertion, policy);
  const attributeStatesMfa = statesMfa(attributes.flatMap((attribute) => ofAttribute(attribute, policy)));
  const byClass = statements.some((statement) => statement.statesMfa);
  // Entra ignores this attribute in SAML 2.0 (its page on inbound assertions): a class has its own time beside it.
  const claimed = attributeStatesMfa && !byClass ? mfaInstants(attributes) : [];
  return countedSignIns({ statements, attributeStatesMfa, claimed }, policy, now);
}
