import type { WsFedResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import { TOKEN } from "../../read/wsfed-paths.ts";
import type { Rule } from "../../rule.ts";

/** The token was used before, so somebody may have caught it on its way and sends it again. */
export const tokenReplayed: Rule<WsFedResponse> = {
  id: "wsfed.token.replayed",
  severity: "error",
  title: "token was used before",
  requirements: [],
  reference: "SAML 1.1 profiles §4.1.1.7",
  remedy: "Issue a new assertion with a new AssertionID for each sign-in, and send it once.",
  about: "message",
  check({ issuer = "", id = "" }, { replay }) {
    if (replay === undefined) return undefined;
    if (!replay.has(`${issuer} ${id}`)) return [];
    return [{ at: TOKEN, message: `the assertion ${quote(id)} was used before; it must be new` }];
  },
};
