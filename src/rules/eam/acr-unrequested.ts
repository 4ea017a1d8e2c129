import type { Token } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import type { Rule } from "../../rule.ts";
import { EAM_ACR_VALUES } from "../../vocabulary/acr-eam.ts";

/** The answer names a class that Entra did not ask for; a narrower one is another one too. */
export const acrUnrequested: Rule<Token> = {
  id: "eam.acr.unrequested",
  severity: "error",
  title: "acr was not requested",
  requirements: ["F-16"],
  reference: "Entra: external authentication method provider reference, AADSTS50161",
  remedy:
    "Copy acr from the values that the claims parameter asked for, even where a narrower one is true as well.",
  about: "evidence",
  check({ claims }, { eam }) {
    const { acr } = claims;
    if (typeof acr !== "string" || acr === "") return undefined;
    const wanted = eam?.acrValues ?? EAM_ACR_VALUES;
    if (wanted.includes(acr)) return [];
    return [{ at: "/claims/acr", message: `acr is ${quote(acr)}; it must be one of ${quote(wanted)}` }];
  },
};
