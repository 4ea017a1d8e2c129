import type { Token } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import type { Rule } from "../../rule.ts";
import { strings } from "../token/values.ts";

/** `amr` does not have exactly one value. */
export const amrCount: Rule<Token> = {
  id: "eam.amr.count",
  severity: "error",
  title: "amr does not have exactly one value",
  requirements: [],
  reference: "Entra: external authentication method provider reference, AADSTS50161",
  remedy: "Name only the one method that answers the request, not every method of the session.",
  about: "evidence",
  check({ claims }) {
    const amr = strings(claims.amr);
    if (amr === undefined) return undefined;
    if (amr.length === 1) return [];
    return [
      { at: "/claims/amr", message: `amr is ${quote(amr)}, ${amr.length} values; it must have exactly one` },
    ];
  },
};
