import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";

/** A nonce was sent and the ID token has none, so it may belong to another sign-in. */
export const nonceAbsent: Rule<Token> = {
  id: "oidc.nonce.absent",
  severity: "error",
  title: "nonce is missing",
  requirements: [],
  reference: "OIDC Core §3.1.3.7 (11)",
  remedy: "Copy the nonce of the authentication request into the ID token.",
  about: "message",
  check({ claims }, policy) {
    if (policy.nonce === undefined) return undefined;
    if (Object.hasOwn(claims, "nonce")) return [];
    return [{ at: "/claims/nonce", message: "nonce is missing; it must be the one that was sent" }];
  },
};
