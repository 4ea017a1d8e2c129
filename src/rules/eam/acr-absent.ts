import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";

/** The answer does not say which of the requested classes it meets. */
export const acrAbsent: Rule<Token> = {
  id: "eam.acr.absent",
  severity: "error",
  title: "acr is missing",
  requirements: ["F-16"],
  reference: "Entra: external authentication method provider reference, AADSTS50161",
  remedy: "Add acr with exactly one of the values that the claims parameter asked for.",
  about: "evidence",
  check({ claims }) {
    if (Object.hasOwn(claims, "acr")) return [];
    return [{ at: "/claims/acr", message: "acr is missing; it must be one of the requested values" }];
  },
};
