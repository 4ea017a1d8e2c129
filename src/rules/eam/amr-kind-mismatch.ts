import type { Token } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import type { Rule } from "../../rule.ts";
import { EAM_ACR_KINDS } from "../../vocabulary/acr-eam.ts";
import { EAM_FACTORS } from "../../vocabulary/amr-eam.ts";
import type { FactorKind } from "../../vocabulary/factor-kind.ts";
import { strings } from "../token/values.ts";

function isOfOtherKind(value: string, kinds: readonly FactorKind[]): boolean {
  const kind = EAM_FACTORS.get(value);
  return kind !== undefined && !kinds.includes(kind);
}

/** The method is of a kind that `acr` excludes: the second factor has to differ in kind from the first. */
export const amrKindMismatch: Rule<Token> = {
  id: "eam.amr.kind-mismatch",
  severity: "error",
  title: "amr is of a kind that acr excludes",
  requirements: ["PSR-031"],
  reference: "Entra: external authentication method provider reference, AADSTS50161",
  remedy:
    "Use a method of a kind that the requested acr names, such as fido or otp where it says possession.",
  about: "evidence",
  check({ claims }) {
    const amr = strings(claims.amr);
    const kinds = typeof claims.acr === "string" ? EAM_ACR_KINDS.get(claims.acr) : undefined;
    if (amr === undefined || kinds === undefined) return undefined;
    const wrong = amr.filter((value) => isOfOtherKind(value, kinds));
    if (wrong.length === 0) return [];
    const message = `amr is ${quote(wrong)}; acr ${quote(claims.acr)} takes ${kinds.join(" or ")} only`;
    return [{ at: "/claims/amr", message }];
  },
};
