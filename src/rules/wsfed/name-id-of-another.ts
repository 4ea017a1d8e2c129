import type { WsFedResponse } from "../../artifact.ts";
import { SUBJECT } from "../../read/wsfed-paths.ts";
import type { Rule } from "../../rule.ts";
import { nameForAnother } from "../assertion/name-for-another.ts";

/**
 * The NameID of a SAML 2.0 token is meant in the names of another reader: there the same name is another user. SAML 1.1
 * knows no SPNameQualifier.
 */
export const nameIdOfAnother: Rule<WsFedResponse> = {
  id: "wsfed.name-id.of-another",
  severity: "error",
  title: "NameID is for another reader",
  requirements: [],
  reference: "SAML core §2.2.2, §8.3.7",
  remedy: "Set SPNameQualifier to the audience of the token, or leave it out.",
  about: "message",
  check({ subjects: [subject], conditions }, { audiences = [] }) {
    const messages = nameForAnother({
      spNameQualifier: subject?.name?.spNameQualifier,
      conditions,
      audiences,
    });
    return messages?.map((message) => ({ at: `${SUBJECT}/saml:NameID/@SPNameQualifier`, message }));
  },
};
