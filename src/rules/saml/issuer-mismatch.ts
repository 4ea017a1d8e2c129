import type { SamlResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import { ASSERTION, RESPONSE } from "../../read/saml-paths.ts";
import type { Fault, Rule } from "../../rule.ts";
import { formatFaults } from "../assertion/issuer-format.ts";

function assertionFaults(
  { assertion }: SamlResponse,
  trusted: (name: string | undefined) => boolean,
): readonly Fault[] {
  if (assertion === undefined || trusted(assertion.issuer)) return [];
  const message = `the issuer is ${quote(assertion.issuer)}; it is not trusted`;
  return [{ at: `${ASSERTION}/saml:Issuer`, message }];
}

/** Why a Response has to name its issuer; undefined where it may leave that to the assertion. */
function whyNamed({ envelope, assertion }: SamlResponse): string | undefined {
  if (envelope.signed)
    return "the Response is signed and names no issuer; it must name the one whose key it is";
  return assertion?.encrypted === true
    ? "the Response holds an encrypted assertion and names no issuer; it must name the one who sent it"
    : undefined;
}

function responseFaults(
  response: SamlResponse,
  trusted: (name: string | undefined) => boolean,
): readonly Fault[] {
  const { envelope, assertion } = response;
  const at = `${RESPONSE}/saml:Issuer`;
  if (envelope.issuer === undefined) {
    const message = whyNamed(response);
    return message === undefined ? [] : [{ at, message }];
  }
  const agrees = assertion === undefined || envelope.issuer === assertion.issuer;
  if (agrees && (assertion !== undefined || trusted(envelope.issuer))) return [];
  const wanted = agrees ? "it is not trusted" : `it must be ${quote(assertion?.issuer)}, as in the assertion`;
  return [{ at, message: `the issuer is ${quote(envelope.issuer)}; ${wanted}` }];
}

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
  check(response, { issuers }) {
    // Without anybody to trust there is still what the message says twice, or has to say.
    const trusted = (name: string | undefined) =>
      issuers.length === 0 ||
      (name !== undefined && issuers.some(({ issuer }) => issuer === undefined || issuer === name));
    return [
      ...formatFaults(RESPONSE, response.envelope.issuerFormat),
      ...formatFaults(ASSERTION, response.assertion?.issuerFormat),
      ...assertionFaults(response, trusted),
      ...responseFaults(response, trusted),
    ];
  },
};
