import type { SamlResponse } from "../../artifact.ts";
import { ASSERTION } from "../../read/saml-paths.ts";
import type { Rule } from "../../rule.ts";
import { isForEntra } from "./for-entra.ts";

/** Only the Response is signed; Entra wants the Assertion signed, whatever is around it. */
export const assertionUnsigned: Rule<SamlResponse> = {
  id: "saml.assertion.unsigned",
  severity: "error",
  title: "Assertion has no signature of its own",
  requirements: ["F-58"],
  reference: "Entra: SAML 2.0 identity provider for single sign-on",
  remedy: "Sign the Assertion; the Response may be signed as well.",
  about: "message",
  check({ assertion }, policy) {
    if (assertion === undefined || !isForEntra(policy)) return undefined;
    if (assertion.signed) return [];
    return [
      { at: ASSERTION, message: "only the Response is signed; Entra needs a signature on the Assertion" },
    ];
  },
};
