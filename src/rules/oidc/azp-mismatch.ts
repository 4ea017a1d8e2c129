import type { Token } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import type { Rule } from "../../rule.ts";

/** The ID token was issued to another party, which `azp` names. */
export const azpMismatch: Rule<Token> = {
  id: "oidc.azp.mismatch",
  severity: "error",
  title: "authorized party is another relying party",
  requirements: [],
  reference: "OIDC Core §2, §3.1.3.7 (5)",
  remedy: "Set azp to the client id of the relying party that asked for the ID token.",
  about: "message",
  check({ claims }, policy) {
    const { azp } = claims;
    if (policy.audiences === undefined || typeof azp !== "string") return undefined;
    if (policy.audiences.includes(azp)) return [];
    const wanted = policy.audiences.map(quote).join(" or ");
    return [{ at: "/claims/azp", message: `azp is ${quote(azp)}; it must be ${wanted}` }];
  },
};
