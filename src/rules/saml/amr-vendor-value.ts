import type { SamlResponse } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { wantsMfa } from "../assertion/mfa-statement.ts";
import { expressionsIn, unregisteredMethods } from "../assertion/methods.ts";
import { methodLists, mfaStatements } from "./mfa-statements.ts";

/** A list of methods holds a value that nobody defines, or a place holds an expression instead of what it yields. */
export const amrVendorValue: Rule<SamlResponse> = {
  id: "saml.amr.vendor-value",
  severity: "advisory",
  title: "a list of methods holds values outside the registry",
  requirements: ["F-11"],
  reference: "RFC 8176 §6.1, IANA AMR registry",
  remedy:
    "Map what the product writes to registered values or URIs of methods; add the value for MFA only when two factors were used.",
  about: "evidence",
  check({ assertion }, policy) {
    if (assertion === undefined || !wantsMfa(policy)) return undefined;
    const lists = methodLists(assertion, policy);
    const elsewhere = mfaStatements(assertion, policy).filter(({ at }) =>
      lists.every((list) => list.at !== at),
    );
    const { attributeValues, classRefs } = policy.mfa;
    return [...unregisteredMethods(lists, [...attributeValues, ...classRefs]), ...expressionsIn(elsewhere)];
  },
};
