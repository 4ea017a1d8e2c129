import type { WsFedResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import type { Rule } from "../../rule.ts";
import { passedThrough } from "./passed-through.ts";

/** MFA is stated as AD FS passes it through, and Microsoft's pages disagree whether Entra reads that. */
export const mfaContested: Rule<WsFedResponse> = {
  id: "wsfed.mfa.contested",
  severity: "warning",
  title: "pages disagree whether this MFA is read",
  requirements: ["F-35"],
  reference: "AD FS: MFA for Entra resources, Entra: expected inbound assertions",
  remedy:
    "Send multipleauthn as AuthenticationMethod, or in the claim authenticationmethod, as well: there both pages have it.",
  about: "evidence",
  verdict: "inconclusive",
  check(response, policy) {
    return passedThrough(response, policy).map(({ at, name, namespace, values }) => {
      const message = `${quote(values)} stands in ${name} of ${namespace ?? ""} only: Microsoft's article on MFA for Entra resources with AD FS (howto-mfa-adfs, 2023) has it passed through, its page on expected inbound assertions (how-to-mfa-expected-inbound-assertions) does not list it`;
      return { at, message };
    });
  },
};
