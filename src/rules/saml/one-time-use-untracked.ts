import type { SamlResponse } from "../../artifact.ts";
import { CONDITIONS } from "../../read/saml-paths.ts";
import type { Rule } from "../../rule.ts";

/** The assertion may be used only once, and nobody keeps count. */
export const oneTimeUseUntracked: Rule<SamlResponse> = {
  id: "saml.one-time-use.untracked",
  severity: "advisory",
  title: "single use cannot be told",
  requirements: [],
  reference: "SAML core §2.5.1.5",
  remedy: "Give the policy a replay store, so that a second use is noticed.",
  about: "message",
  check({ assertion }, { replay }) {
    if (assertion?.conditions?.oneTimeUse !== true) return undefined;
    if (replay !== undefined) return [];
    const message = "the assertion may be used only once; without a replay store a second use is not noticed";
    return [{ at: `${CONDITIONS}/saml:OneTimeUse`, message }];
  },
};
