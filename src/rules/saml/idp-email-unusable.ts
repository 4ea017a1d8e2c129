import type { SamlResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import { attributePath } from "../../read/saml-paths.ts";
import type { Rule } from "../../rule.ts";
import { IDP_EMAIL, INITIAL_DOMAIN } from "../../vocabulary/saml-entra.ts";
import { isForEntra } from "./for-entra.ts";

/** Whether a value can be the user principal name of a federated user. */
function isUserPrincipalName(value: string): boolean {
  const [local = "", domain = "", ...more] = value.split("@");
  if (local === "" || !domain.includes(".") || more.length > 0 || /\s/.test(value)) return false;
  return !domain.toLowerCase().endsWith(INITIAL_DOMAIN);
}

/** Entra finds the user's domain in IDPEmail, so the sign-in fails before MFA is looked at. */
export const idpEmailUnusable: Rule<SamlResponse> = {
  id: "saml.idp-email.unusable",
  severity: "error",
  title: "IDPEmail names no federated user",
  requirements: ["F-58"],
  reference: "Entra: SAML 2.0 identity provider for single sign-on, AADSTS5000819",
  remedy: `Send one attribute named exactly ${IDP_EMAIL} with the user principal name, in a domain of your own.`,
  about: "message",
  check({ assertion }, policy) {
    if (assertion === undefined || !isForEntra(policy)) return undefined;
    const found = assertion.attributes
      .filter(({ name }) => name === IDP_EMAIL)
      .flatMap(({ values }) => values);
    const [email, second] = found;
    if (email !== undefined && second === undefined && isUserPrincipalName(email)) return [];
    const message = `${IDP_EMAIL} is ${quote(found)}; it must be one user principal name, not in *${INITIAL_DOMAIN}`;
    return [{ at: attributePath(IDP_EMAIL), message }];
  },
};
