import type { SamlResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import { ASSERTION } from "../../read/saml-paths.ts";
import type { Rule } from "../../rule.ts";
import { sendWhereRead } from "../assertion/mfa-advice.ts";
import { isMisplaced, statesMfa, wantsMfa } from "../assertion/mfa-statement.ts";
import { mfaStatements, SAML_PLACES } from "./mfa-statements.ts";

/** Nothing in the assertion says that MFA was done. */
export const mfaAbsent: Rule<SamlResponse> = {
  id: "saml.mfa.absent",
  severity: "error",
  title: "MFA is not stated",
  requirements: ["F-01", "F-02", "PSX-08"],
  reference: "Entra: expected inbound assertions",
  remedy: "Send the exact MFA value in the place that the reader looks at, whenever MFA was done.",
  about: "evidence",
  check({ assertion }, policy) {
    if (assertion === undefined || !wantsMfa(policy)) return undefined;
    const statements = mfaStatements(assertion, policy);
    if (statements.some(isMisplaced)) return undefined; // saml.mfa.misplaced speaks instead
    if (statesMfa(statements)) return [];
    const found = statements.filter(({ read }) => read).map(({ value }) => value);
    const wanted = [...new Set([...policy.mfa.classRefs, ...policy.mfa.attributeValues])];
    const message = `where MFA is read stands ${quote(found)}; one value must be one of ${quote(wanted)}`;
    return [{ at: ASSERTION, message, fix: sendWhereRead(policy.mfa, SAML_PLACES) }];
  },
};
