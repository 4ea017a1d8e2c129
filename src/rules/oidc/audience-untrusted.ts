import type { Token } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import type { Rule } from "../../rule.ts";
import { audiences } from "../token/values.ts";

/** The ID token names other audiences beside this relying party, and they are not trusted. */
export const audienceUntrusted: Rule<Token> = {
  id: "oidc.audience.untrusted",
  severity: "error",
  title: "further audience is not trusted",
  requirements: [],
  reference: "OIDC Core §3.1.3.7 (3)",
  remedy: "Issue the ID token for this relying party alone, or list the other audiences as trusted.",
  about: "message",
  check({ claims }, policy) {
    const found = audiences(claims.aud);
    if (policy.audiences === undefined || found === undefined) return undefined;
    const trusted = new Set(policy.audiences);
    if (!found.some((audience) => trusted.has(audience))) return undefined; // oidc.audience.mismatch speaks instead
    return found.flatMap((audience, index) =>
      trusted.has(audience)
        ? []
        : [{ at: `/claims/aud/${index}`, message: `aud also holds ${quote(audience)}` }],
    );
  },
};
