import type { SamlResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import { ASSERTION } from "../../read/saml-paths.ts";
import type { Rule } from "../../rule.ts";

/** The assertion was used before, so somebody may have caught it on its way and sends it again. */
export const assertionReplayed: Rule<SamlResponse> = {
  id: "saml.assertion.replayed",
  severity: "error",
  title: "assertion was used before",
  requirements: [],
  reference: "SAML profiles §4.1.4.5",
  remedy: "Issue a new assertion with a new ID for each sign-in, and send it once.",
  about: "message",
  check({ assertion }, { replay }) {
    if (assertion === undefined || replay === undefined) return undefined;
    const { issuer = "", id = "" } = assertion;
    if (!replay.has(`${issuer} ${id}`)) return [];
    return [
      { at: `${ASSERTION}/@ID`, message: `the assertion ${quote(id)} was used before; it must be new` },
    ];
  },
};
