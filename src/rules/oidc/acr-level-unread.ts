import type { Token } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import type { Rule } from "../../rule.ts";
import { mfaWord } from "../../vocabulary/mfa-words.ts";
import { strings } from "../token/values.ts";

/** `acr` names a level, or a wording, that may include MFA; only its issuer can say, and no reader of `amr` sees it. */
export const acrLevelUnread: Rule<Token> = {
  id: "oidc.acr.level-unread",
  severity: "advisory",
  title: "acr may say MFA in a word that is not read",
  requirements: ["PSR-036"],
  reference: "OIDC Core §2, RFC 8176 §2",
  remedy:
    "Only the issuer can say whether this level takes two factors: if it does, add the value for MFA to amr whenever the level is reached.",
  about: "evidence",
  check({ claims }, { mfa }) {
    const { acr } = claims;
    // A number is no acr, yet some issuers write their level as one.
    const text = typeof acr === "number" ? String(acr) : acr;
    if (typeof text !== "string") return undefined;
    const amr = strings(claims.amr) ?? [];
    if (mfa.amrValues.some((value) => amr.includes(value))) return [];
    const word = mfaWord(text);
    if (word?.says !== "maybe") return [];
    const message = `acr is ${quote(acr)}, which may include MFA (${word.by}); this reader looks into amr, which does not say so`;
    const wanted = mfa.amrValues.map(quote).join(" or ");
    const fix = `Only the issuer can say whether this level takes two factors: if it does, add ${wanted} to amr whenever the level is reached.`;
    return [{ at: "/claims/acr", message, fix }];
  },
};
