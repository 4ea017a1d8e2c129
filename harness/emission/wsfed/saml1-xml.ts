import type { WsFedAssertionModel } from "../model.ts";
import { BEARER_1, SAML_1_NAMESPACE } from "./names.ts";
import { dateTime, element, textElement } from "../xml/xml.ts";

function subject(model: WsFedAssertionModel["subject"]): string {
  if (model === undefined) return "";
  return element("saml:Subject", {}, [
    textElement("saml:NameIdentifier", model.nameId, { Format: model.format }),
    element("saml:SubjectConfirmation", {}, [
      textElement("saml:ConfirmationMethod", model.method ?? BEARER_1),
    ]),
  ]);
}

function conditions(model: WsFedAssertionModel["conditions"]): string {
  if (model === undefined) return "";
  const { notBefore, notOnOrAfter, audiences, content = "" } = model;
  const restriction = audiences?.map((audience) => textElement("saml:Audience", audience));
  return element(
    "saml:Conditions",
    { NotBefore: dateTime(notBefore), NotOnOrAfter: dateTime(notOnOrAfter) },
    [restriction === undefined ? "" : element("saml:AudienceRestrictionCondition", {}, restriction), content],
  );
}

function attributeStatement({ attributes, subject: who }: WsFedAssertionModel): string {
  if (attributes === undefined) return "";
  const written = attributes.map(({ name, namespace, values }) =>
    element(
      "saml:Attribute",
      { AttributeName: name, AttributeNamespace: namespace },
      values.map((value) => textElement("saml:AttributeValue", dateTime(value))),
    ),
  );
  return element("saml:AttributeStatement", {}, [subject(who), ...written]);
}

function authenticationStatement({ authentication, subject: who }: WsFedAssertionModel): string {
  if (authentication === undefined) return "";
  const { method, instant, nameId } = authentication;
  const about = nameId === undefined ? who : { ...who, nameId };
  return element(
    "saml:AuthenticationStatement",
    { AuthenticationMethod: method, AuthenticationInstant: dateTime(instant) },
    [subject(about)],
  );
}

/**
 * Writes a SAML 1.1 assertion as XML, every value escaped; a member that is missing leaves its element or attribute
 * out. Each statement names the subject again, as the schema wants it.
 *
 * @throws HarnessError when a value cannot be written in XML
 * @see SAML 1.1 core §2.3 and §2.4
 */
export function saml1AssertionXml(model: WsFedAssertionModel): string {
  const [major, minor] = model.version.split(".");
  const attributes = {
    "xmlns:saml": SAML_1_NAMESPACE,
    MajorVersion: major,
    MinorVersion: minor,
    AssertionID: model.id,
    Issuer: model.issuer,
    IssueInstant: dateTime(model.issueInstant),
  };
  return element("saml:Assertion", attributes, [
    conditions(model.conditions),
    attributeStatement(model),
    authenticationStatement(model),
    model.content ?? "",
  ]);
}
