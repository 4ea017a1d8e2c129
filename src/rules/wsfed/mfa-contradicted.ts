import type { WsFedResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import type { Rule } from "../../rule.ts";
import { MULTIPLE_AUTHN } from "../../vocabulary/saml-mfa.ts";
import { PASSWORD_METHODS } from "../../vocabulary/wsfed-mfa.ts";
import { isRead } from "./mfa-statements.ts";

/** A claim says nothing but MFA while the statement says password: so looks a constant, set without any challenge. */
export const mfaContradicted: Rule<WsFedResponse> = {
  id: "wsfed.mfa.contradicted",
  severity: "advisory",
  title: "MFA may be a constant",
  requirements: ["F-07", "F-34", "F-35"],
  reference: "PingOne: authentication claim for Microsoft 365, Deepnet: DualShield for Office 365",
  remedy: "Derive the value from the sign-in, and list the methods that were used beside it.",
  about: "evidence",
  visibility: "visible-but-never-challenged",
  check(response, policy) {
    const methods = response.authentications.flatMap((statement) => statement.methods);
    if (methods.length === 0 || !methods.every((each) => PASSWORD_METHODS.includes(each))) return [];
    return response.attributes
      .filter((attribute) => isRead(attribute, response, policy))
      .filter(({ values }) => values.length > 0 && values.every((value) => value === MULTIPLE_AUTHN))
      .map(({ at }) => {
        const message = `the claim says MFA and names no method, the statement says ${quote(methods[0])}; they must agree`;
        return { at, message };
      });
  },
};
