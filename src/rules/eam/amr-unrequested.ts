import type { Token } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import type { Rule } from "../../rule.ts";
import { strings } from "../token/values.ts";

/** The method was used, but Entra did not ask for it. */
export const amrUnrequested: Rule<Token> = {
  id: "eam.amr.unrequested",
  severity: "error",
  title: "amr was not requested",
  requirements: ["F-10"],
  reference: "Entra: external authentication method provider reference, AADSTS50161",
  remedy: "Let the user choose among the methods that the claims parameter asked for.",
  about: "evidence",
  check({ claims }, { eam, mfa }) {
    const amr = strings(claims.amr);
    const wanted = eam?.amrValues;
    if (amr === undefined || wanted === undefined) return undefined;
    const unasked = amr.filter((value) => mfa.amrValues.includes(value) && !wanted.includes(value));
    if (unasked.length === 0) return [];
    return [
      { at: "/claims/amr", message: `amr is ${quote(unasked)}; it must be one of ${wanted.join(", ")}` },
    ];
  },
};
