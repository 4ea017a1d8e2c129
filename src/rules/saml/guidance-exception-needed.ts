import type { SamlResponse } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { exceptionNeeded } from "../assertion/mfa-statement.ts";
import { isReadByEntra } from "../assertion/read-by-entra.ts";
import { mfaStatements } from "./mfa-statements.ts";

/** In 2023 the MFA of a federated issuer counts only where Microsoft granted an exception, which no message shows. */
export const guidanceExceptionNeeded: Rule<SamlResponse> = {
  id: "saml.guidance.exception-needed",
  severity: "warning",
  title: "third-party MFA needs an exception",
  requirements: ["PSX-16"],
  reference: "Partner Center: mandating MFA for your partner tenant (2023)",
  remedy:
    "Show the granted exception, or let Entra do the MFA; for managing customers there is no exception.",
  about: "evidence",
  verdict: "inconclusive",
  check({ assertion }, policy) {
    if (assertion === undefined || policy.guidance !== "2023-exception-only") return undefined;
    const named = assertion.conditions?.audienceRestrictions.flat() ?? [];
    if (!isReadByEntra(policy, named)) return undefined;
    return exceptionNeeded(mfaStatements(assertion, policy));
  },
};
