import type { WsFedResponse } from "../../artifact.ts";
import { TOKEN_CONDITIONS } from "../../read/wsfed-paths.ts";
import type { Rule } from "../../rule.ts";

/** A SAML 2.0 token may be used only once, and nobody keeps count. */
export const oneTimeUseUntracked: Rule<WsFedResponse> = {
  id: "wsfed.one-time-use.untracked",
  severity: "advisory",
  title: "single use cannot be told",
  requirements: [],
  reference: "SAML core §2.5.1.5",
  remedy: "Give the policy a replay store, so that a second use is noticed.",
  about: "message",
  check({ conditions }, { replay }) {
    if (conditions?.oneTimeUse !== true) return undefined;
    if (replay !== undefined) return [];
    const message = "the token may be used only once; without a replay store a second use is not noticed";
    return [{ at: `${TOKEN_CONDITIONS}/saml:OneTimeUse`, message }];
  },
};
