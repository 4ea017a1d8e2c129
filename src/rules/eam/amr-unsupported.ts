import type { Token } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import type { Rule } from "../../rule.ts";
import { strings } from "../token/values.ts";

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
    const message = `amr holds ${quote(foreign)}; it must be one of ${mfa.amrValues.join(", ")}`;
    return [{ at: "/claims/amr", message }];
  },
};
