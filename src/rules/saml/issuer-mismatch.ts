import type { SamlResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import { ASSERTION, RESPONSE } from "../../read/saml-paths.ts";
import type { Fault, Rule } from "../../rule.ts";
import { formatFaults } from "../assertion/issuer-format.ts";

/** The message names another issuer than the one that is trusted, or two different ones. */
export const issuerMismatch: Rule<SamlResponse> = {
  id: "saml.issuer.mismatch",
  severity: "error",
  title: "issuer is not the trusted one",
  requirements: ["F-58"],
  reference:
    "SAML core §2.2.5, SAML profiles §4.1.4.2, §4.1.4.3, Entra: SAML 2.0 identity provider for single sign-on",
  remedy:
    "Send the entity id that is configured at the service provider as Issuer of both Response and Assertion, character by character.",
  about: "message",
  check({ envelope, assertion }, { issuers }) {
    if (issuers.length === 0) return undefined;
    const trusted = (name: string | undefined) =>
      name !== undefined && issuers.some(({ issuer }) => issuer === undefined || issuer === name);
    const faults: Fault[] = [
      ...formatFaults(RESPONSE, envelope.issuerFormat),
      ...formatFaults(ASSERTION, assertion?.issuerFormat),
    ];
    if (assertion !== undefined && !trusted(assertion.issuer)) {
      faults.push({
        at: `${ASSERTION}/saml:Issuer`,
        message: `the issuer is ${quote(assertion.issuer)}; it is not trusted`,
      });
    }
    if (envelope.issuer === undefined) {
      const message = "the Response is signed and names no issuer; it must name the one whose key it is";
      return envelope.signed ? [...faults, { at: `${RESPONSE}/saml:Issuer`, message }] : faults;
    }
    const agrees = assertion === undefined || envelope.issuer === assertion.issuer;
    if (agrees && (assertion !== undefined || trusted(envelope.issuer))) return faults;
    const wanted = agrees
      ? "it is not trusted"
      : `it must be ${quote(assertion?.issuer)}, as in the assertion`;
    return [
      ...faults,
      { at: `${RESPONSE}/saml:Issuer`, message: `the issuer is ${quote(envelope.issuer)}; ${wanted}` },
    ];
  },
};
