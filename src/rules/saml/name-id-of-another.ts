import type { SamlResponse } from "../../artifact.ts";
import { NAME_ID } from "../../read/saml-paths.ts";
import type { Rule } from "../../rule.ts";
import { nameForAnother } from "../assertion/name-for-another.ts";

/**
 * The NameID is meant in the names of another service provider than the assertion: there the same name is another user.
 * An affiliation of service providers is named among the audiences of the policy.
 */
export const nameIdOfAnother: Rule<SamlResponse> = {
  id: "saml.name-id.of-another",
  severity: "error",
  title: "NameID is for another service provider",
  requirements: [],
  reference: "SAML core §2.2.2, §8.3.7",
  remedy: "Set SPNameQualifier to the entity id of the audience, or leave it out.",
  about: "message",
  check({ assertion }, { audiences = [] }) {
    const { nameId, conditions } = assertion ?? {};
    const messages = nameForAnother({ spNameQualifier: nameId?.spNameQualifier, conditions, audiences });
    return messages?.map((message) => ({ at: `${NAME_ID}/@SPNameQualifier`, message }));
  },
};
