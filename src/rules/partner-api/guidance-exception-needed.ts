import type { Token } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import type { Rule } from "../../rule.ts";
import { ENTRA_FEDERATED } from "../../vocabulary/amr-partner-api.ts";
import { strings } from "../token/values.ts";
import { whereAmrCounts } from "./carries-amr.ts";

/** MFA of a federated identity provider counts in 2023 only where Microsoft granted an exception, which no token shows. */
export const guidanceExceptionNeeded: Rule<Token> = {
  id: "partner-api.guidance.exception-needed",
  severity: "warning",
  title: "third-party MFA needs an exception",
  requirements: ["PSX-16"],
  reference: "Partner Center: mandating MFA for your partner tenant (2023)",
  remedy:
    "Show the granted exception, or let Entra do the MFA; for managing customers there is no exception.",
  about: "evidence",
  verdict: "inconclusive",
  check: whereAmrCounts(({ claims }, { guidance, mfa }) => {
    const amr = strings(claims.amr);
    if (guidance !== "2023-exception-only" || amr === undefined) return undefined;
    if (!amr.includes(ENTRA_FEDERATED) || !mfa.amrValues.some((value) => amr.includes(value))) return [];
    const message = `amr is ${quote(amr)}: MFA of a third party, for which an exception has to be granted`;
    return [{ at: "/claims/amr", message }];
  }),
};
