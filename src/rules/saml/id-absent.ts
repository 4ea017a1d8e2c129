import type { SamlResponse } from "../../artifact.ts";
import { ASSERTION, RESPONSE } from "../../read/saml-paths.ts";
import type { Fault, Rule } from "../../rule.ts";

/** Response or Assertion has no ID, so it cannot be told from a copy of it. */
export const idAbsent: Rule<SamlResponse> = {
  id: "saml.id.absent",
  severity: "error",
  title: "ID is missing",
  requirements: [],
  reference: "SAML core §2.3.3, §3.2.2",
  remedy: "Give the Response and the Assertion an ID each, never the same twice.",
  about: "message",
  check({ envelope, assertion }) {
    const faults: Fault[] = [];
    for (const [at, part] of [
      [RESPONSE, envelope],
      [ASSERTION, assertion],
    ] as const) {
      if (part === undefined || (part.id ?? "") !== "") continue;
      faults.push({ at: `${at}/@ID`, message: "there is no ID; there must be one" });
    }
    return faults;
  },
};
