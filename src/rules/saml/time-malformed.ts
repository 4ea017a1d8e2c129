import type { SamlAssertion, SamlResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import {
  ASSERTION,
  CONDITIONS,
  RESPONSE,
  authnStatementPath,
  confirmationPath,
} from "../../read/saml-paths.ts";
import { parseInstant } from "../../read/saml-time.ts";
import type { Rule } from "../../rule.ts";

/** Every time in an assertion; those that must be there are empty, and so unreadable, when they are not. */
function timesOf({ issueInstant = "", conditions, confirmations, authnStatements }: SamlAssertion) {
  return [
    { at: `${ASSERTION}/@IssueInstant`, time: issueInstant },
    { at: `${CONDITIONS}/@NotBefore`, time: conditions?.notBefore },
    { at: `${CONDITIONS}/@NotOnOrAfter`, time: conditions?.notOnOrAfter },
    ...confirmations.flatMap(({ notBefore, notOnOrAfter }, index) => {
      const at = `${confirmationPath(index)}/saml:SubjectConfirmationData`;
      return [
        { at: `${at}/@NotBefore`, time: notBefore },
        { at: `${at}/@NotOnOrAfter`, time: notOnOrAfter },
      ];
    }),
    ...authnStatements.flatMap(({ authnInstant = "", sessionNotOnOrAfter }, index) => [
      { at: `${authnStatementPath(index)}/@AuthnInstant`, time: authnInstant },
      { at: `${authnStatementPath(index)}/@SessionNotOnOrAfter`, time: sessionNotOnOrAfter },
    ]),
  ];
}

/** A time cannot be read, so nobody can tell whether the message is valid. */
export const timeMalformed: Rule<SamlResponse> = {
  id: "saml.time.malformed",
  severity: "error",
  title: "time cannot be read",
  requirements: [],
  reference: "SAML core §1.3.3",
  remedy:
    "Write every time as xs:dateTime in UTC with a Z, and never leave out IssueInstant and AuthnInstant.",
  about: "message",
  check({ envelope, assertion }) {
    const times = [
      { at: `${RESPONSE}/@IssueInstant`, time: envelope.issueInstant ?? "" },
      ...(assertion === undefined ? [] : timesOf(assertion)),
    ];
    return times
      .filter(({ time }) => time !== undefined && parseInstant(time) === undefined)
      .map(({ at, time }) => {
        return { at, message: `the time is ${quote(time)}; it must be like 2026-01-01T00:00:00Z` };
      });
  },
};
