import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { EVALUATE, explained, holdsExpression } from "../methods/unregistered.ts";
import { strings } from "../token/values.ts";

/** How many values the message names. */
const MAX_NAMED = 40;

/** `amr` holds a value that Entra does not take from a provider: `mfa` and `pwd` are its own. */
export const amrUnsupported: Rule<Token> = {
  id: "eam.amr.unsupported",
  severity: "error",
  title: "amr value is not supported",
  requirements: ["F-11", "F-17"],
  reference: "Entra: external authentication method provider reference, AADSTS50161",
  remedy:
    "Send the method itself, such as otp or fido: never mfa or pwd, which are right in other channels only.",
  about: "evidence",
  check({ claims }, { mfa }) {
    const amr = strings(claims.amr);
    if (amr === undefined) return undefined;
    const foreign = [...new Set(amr)].filter((value) => !mfa.amrValues.includes(value));
    if (foreign.length === 0) return [];
    const named = foreign.slice(0, MAX_NAMED).map((value) => explained(value));
    const more = foreign.length > MAX_NAMED ? ` and ${foreign.length - MAX_NAMED} more` : "";
    const message = `amr holds ${named.join(", ")}${more}; it must be one of ${mfa.amrValues.join(", ")}`;
    return [{ at: "/claims/amr", message, ...(holdsExpression(foreign) ? { fix: EVALUATE } : {}) }];
  },
};
