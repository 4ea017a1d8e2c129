import type { WsFedResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import { TOKEN } from "../../read/wsfed-paths.ts";
import type { Rule } from "../../rule.ts";
import { sendWhereReadIn } from "./mfa-advice.ts";
import { statesMfa, wantsMfa } from "../assertion/mfa-statement.ts";
import { readingOf } from "./mfa-reading.ts";
import { mfaStatements } from "./mfa-statements.ts";
import { passedThrough } from "./passed-through.ts";

/** Nothing says that MFA was done where the reader looks. */
export const mfaAbsent: Rule<WsFedResponse> = {
  id: "wsfed.mfa.absent",
  severity: "error",
  title: "MFA is not stated",
  requirements: ["F-04", "F-06", "F-37", "PSX-08"],
  reference: "Entra: expected inbound assertions",
  remedy:
    "Pass multipleauthn through as AuthenticationMethod, or in the claim authenticationmethod, whenever MFA was done.",
  about: "evidence",
  check(response, policy) {
    if (!wantsMfa(policy)) return undefined;
    const statements = mfaStatements(response, policy);
    if (statesMfa(statements)) return [];
    if (passedThrough(response, policy).length > 0) return undefined; // wsfed.mfa.contested speaks instead
    const found = statements.filter(({ read }) => read).map(({ value }) => value);
    const { classRefs, attributeValues } = readingOf(response, policy);
    const wanted = [...new Set([...classRefs, ...attributeValues])];
    const message = `where MFA is read stands ${quote(found)}; one value must be one of ${quote(wanted)}`;
    return [{ at: TOKEN, message, fix: sendWhereReadIn(response, policy) }];
  },
};
