import type { SamlResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import { ASSERTION, RESPONSE } from "../../read/saml-paths.ts";
import type { Fault, Rule } from "../../rule.ts";
import { SAML_VERSION } from "../../vocabulary/saml-protocol.ts";

/** Response or Assertion is of another SAML version, whose elements mean other things. */
export const versionWrong: Rule<SamlResponse> = {
  id: "saml.version.wrong",
  severity: "error",
  title: "version is not 2.0",
  requirements: [],
  reference: "SAML core §2.3.3, §3.2.2",
  remedy:
    'Issue a SAML 2.0 response, with Version="2.0" on both Response and Assertion: SAML 1.1 is for WS-Federation.',
  about: "message",
  check({ envelope, assertion }) {
    const faults: Fault[] = [];
    for (const [at, part] of [
      [RESPONSE, envelope],
      [ASSERTION, assertion],
    ] as const) {
      if (part === undefined || part.version === SAML_VERSION) continue;
      faults.push({
        at: `${at}/@Version`,
        message: `the version is ${quote(part.version)}; it must be "${SAML_VERSION}"`,
      });
    }
    return faults;
  },
};
