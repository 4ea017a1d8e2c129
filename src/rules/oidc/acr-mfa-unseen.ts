import type { Token } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import type { Rule } from "../../rule.ts";
import { mfaWord } from "../../vocabulary/mfa-words.ts";
import { strings } from "../token/values.ts";

/** `acr` names a class that means MFA and `amr` does not say it: the user was challenged, and no reader of `amr` sees it. */
export const acrMfaUnseen: Rule<Token> = {
  id: "oidc.acr.mfa-unseen",
  severity: "advisory",
  title: "MFA stands in acr only",
  requirements: ["PSR-035", "PSR-036"],
  reference: "OIDC Core §2",
  remedy:
    "Add the value for MFA to amr as well: acr and amr do not stand for each other, and partner checks read amr.",
  about: "evidence",
  visibility: "challenged-but-invisible",
  check({ claims }, { mfa }) {
    const { acr } = claims;
    if (typeof acr !== "string") return undefined;
    const amr = strings(claims.amr) ?? [];
    if (mfa.amrValues.some((value) => amr.includes(value))) return [];
    const word = mfaWord(acr);
    if (word?.says !== "mfa") return [];
    const message = `acr is ${quote(acr)}, which means MFA (${word.by}); this reader looks into amr, which does not say so`;
    const wanted = mfa.amrValues.map(quote).join(" or ");
    const fix = `Add ${wanted} to amr as well: acr and amr do not stand for each other, and this reader reads amr.`;
    return [{ at: "/claims/acr", message, fix }];
  },
};
