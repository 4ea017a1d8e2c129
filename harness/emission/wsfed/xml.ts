import type { SamlAssertionModel, WsFedAssertionModel, WsFedResponseModel } from "../model.ts";
import { saml1AssertionXml } from "./saml1-xml.ts";
import { samlAssertionXml } from "../saml/xml.ts";
import {
  ADDRESSING_NAMESPACE,
  POLICY_NAMESPACE,
  TOKEN_TYPE,
  TRUST_NAMESPACE,
  UTILITY_NAMESPACE,
} from "./names.ts";
import { dateTime, element, textElement } from "../xml/xml.ts";

/** Whether an assertion is written in the words of SAML 1.1. */
export function isSaml1({ version }: Pick<WsFedAssertionModel, "version">): boolean {
  return version.startsWith("1.");
}

/** A claim type names an attribute of SAML 2.0 whole; SAML 1.1 splits it at its last slash. */
function attributesOf(attributes: NonNullable<WsFedAssertionModel["attributes"]>) {
  return attributes.map(({ name, namespace, values }) => ({
    name: namespace === undefined ? name : `${namespace}/${name}`,
    values: values.map((value) => dateTime(value) ?? ""),
  }));
}

function authnStatementOf({
  method,
  instant,
  sessionNotOnOrAfter,
}: NonNullable<WsFedAssertionModel["authentication"]>) {
  return {
    ...(sessionNotOnOrAfter === undefined ? {} : { sessionNotOnOrAfter }),
    ...(method === undefined ? {} : { classRef: method }),
    ...(instant === undefined ? {} : { authnInstant: instant }),
  };
}

/** The same assertion in the words of SAML 2.0; its bearer is confirmed for as long as it is valid. */
function saml2Assertion(model: WsFedAssertionModel): SamlAssertionModel {
  const { subject, authentication, attributes, ...same } = model;
  const notOnOrAfter = model.conditions?.notOnOrAfter;
  const confirmed = notOnOrAfter === undefined ? {} : { notOnOrAfter };
  return {
    ...same,
    ...(subject === undefined ? {} : { subject: { ...subject, ...confirmed } }),
    ...(authentication === undefined ? {} : { authnStatement: authnStatementOf(authentication) }),
    ...(attributes === undefined ? {} : { attributes: attributesOf(attributes) }),
  };
}

function assertion(model: WsFedAssertionModel): string {
  return isSaml1(model) ? saml1AssertionXml(model) : samlAssertionXml(saml2Assertion(model));
}

function lifetime({ created, expires }: WsFedResponseModel): string {
  if (created === undefined && expires === undefined) return "";
  const namespaces = { "xmlns:wsu": UTILITY_NAMESPACE };
  return element("t:Lifetime", namespaces, [
    textElement("wsu:Created", dateTime(created)),
    textElement("wsu:Expires", dateTime(expires)),
  ]);
}

function appliesTo(realm: string | undefined): string {
  if (realm === undefined) return "";
  const reference = element("wsa:EndpointReference", { "xmlns:wsa": ADDRESSING_NAMESPACE }, [
    textElement("wsa:Address", realm),
  ]);
  return element("wsp:AppliesTo", { "xmlns:wsp": POLICY_NAMESPACE }, [reference]);
}

/**
 * Writes a RequestSecurityTokenResponse of WS-Trust 2005/02 as XML, elements in the order AD FS writes them. A member
 * that is missing leaves its element or attribute out.
 *
 * @throws HarnessError when a value cannot be written in XML
 * @see WS-Trust (February 2005) §5, WS-Federation 1.2 §13.2.4
 */
export function wsFedResponseXml(model: WsFedResponseModel): string {
  const { assertion: token, requestType, keyType, content = "" } = model;
  const ownType = token === undefined ? undefined : TOKEN_TYPE[isSaml1(token) ? "1.1" : "2.0"];
  return element("t:RequestSecurityTokenResponse", { "xmlns:t": TRUST_NAMESPACE }, [
    lifetime(model),
    appliesTo(model.appliesTo),
    element("t:RequestedSecurityToken", {}, [token === undefined ? "" : assertion(token), content]),
    textElement("t:TokenType", model.tokenType ?? ownType),
    textElement("t:RequestType", requestType),
    textElement("t:KeyType", keyType),
  ]);
}
