import type { SamlResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import { attributePath } from "../../read/saml-paths.ts";
import type { Rule } from "../../rule.ts";
import { MULTIPLE_AUTHN, PASSWORD_CLASSES } from "../../vocabulary/saml-mfa.ts";
import { isRead } from "./mfa-statements.ts";

/** An attribute says nothing but MFA while the class says password: so looks a constant, set without any challenge. */
export const mfaContradicted: Rule<SamlResponse> = {
  id: "saml.mfa.contradicted",
  severity: "advisory",
  title: "MFA may be a constant",
  requirements: ["F-07", "F-34", "F-35"],
  reference: "PingOne: authentication claim for Microsoft 365, Deepnet: DualShield for Office 365",
  remedy: "Derive the value from the sign-in, and list the methods that were used beside it.",
  about: "evidence",
  visibility: "visible-but-never-challenged",
  check({ assertion }, policy) {
    if (assertion === undefined) return undefined;
    const classRefs = assertion.authnStatements.flatMap((statement) => statement.classRefs);
    if (classRefs.length === 0 || !classRefs.every((each) => PASSWORD_CLASSES.includes(each))) return [];
    return assertion.attributes
      .filter((attribute) => isRead(attribute, policy))
      .filter(({ values }) => values.length > 0 && values.every((value) => value === MULTIPLE_AUTHN))
      .map(({ name }) => {
        const message = `the attribute says MFA and names no method, the class is ${quote(classRefs[0])}; they must agree`;
        return { at: attributePath(name), message };
      });
  },
};
