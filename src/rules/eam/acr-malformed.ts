import type { Token } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import type { Rule } from "../../rule.ts";

/** `acr` is not one string, so it does not say one class. */
export const acrMalformed: Rule<Token> = {
  id: "eam.acr.malformed",
  severity: "error",
  title: "acr is not one string",
  requirements: ["F-16"],
  reference: "Entra: external authentication method provider reference, AADSTS50161",
  remedy: "Write acr as a JSON string with a single value.",
  about: "evidence",
  check({ claims }) {
    if (!Object.hasOwn(claims, "acr")) return undefined;
    if (typeof claims.acr === "string" && claims.acr !== "") return [];
    return [{ at: "/claims/acr", message: `acr is ${quote(claims.acr)}; it must be one string` }];
  },
};
