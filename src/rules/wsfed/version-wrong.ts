import type { WsFedResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import { TOKEN } from "../../read/wsfed-paths.ts";
import type { Rule } from "../../rule.ts";
import { SAML_1_1, SAML_2_0 } from "../../vocabulary/wsfed-protocol.ts";

/** The token is of another SAML version, whose elements mean other things. */
export const versionWrong: Rule<WsFedResponse> = {
  id: "wsfed.version.wrong",
  severity: "error",
  title: "version is neither 1.1 nor 2.0",
  requirements: [],
  reference: "SAML 1.1 core §2.3.2, SAML core §2.3.3",
  remedy:
    'Send a SAML 1.1 assertion, with MajorVersion="1" and MinorVersion="1", or one of SAML 2.0, with Version="2.0".',
  about: "message",
  check({ version }) {
    if (version === SAML_1_1 || version === SAML_2_0) return [];
    return [{ at: TOKEN, message: `the version is ${quote(version)}; it must be "1.1" or "2.0"` }];
  },
};
