import type { SamlAssertionModel, SamlResponseModel } from "./model.ts";
import { ASSERTION_NAMESPACE, BEARER, PROTOCOL_NAMESPACE } from "./saml-names.ts";
import { type Attributes, dateTime, element, textElement } from "./xml.ts";

function status(codes: readonly string[] | undefined): string {
  if (codes === undefined) return "";
  const nested = codes.reduceRight(
    (inner, code) => element("samlp:StatusCode", { Value: code }, [inner]),
    "",
  );
  return element("samlp:Status", {}, [nested]);
}

function subject(model: SamlAssertionModel["subject"]): string {
  if (model === undefined) return "";
  const { nameId, format, recipient, inResponseTo, notOnOrAfter } = model;
  const data = {
    InResponseTo: inResponseTo,
    NotOnOrAfter: dateTime(notOnOrAfter),
    Recipient: recipient,
  };
  const confirmed = Object.values(data).some((value) => value !== undefined);
  const confirmation = element("saml:SubjectConfirmation", { Method: BEARER }, [
    element("saml:SubjectConfirmationData", data),
  ]);
  return element("saml:Subject", {}, [
    textElement("saml:NameID", nameId, { Format: format }),
    confirmed ? confirmation : "",
  ]);
}

function conditions(model: SamlAssertionModel["conditions"]): string {
  if (model === undefined) return "";
  const { notBefore, notOnOrAfter, audiences } = model;
  const restriction = audiences?.map((audience) => textElement("saml:Audience", audience));
  return element(
    "saml:Conditions",
    { NotBefore: dateTime(notBefore), NotOnOrAfter: dateTime(notOnOrAfter) },
    [restriction === undefined ? "" : element("saml:AudienceRestriction", {}, restriction)],
  );
}

function authnStatement(model: SamlAssertionModel["authnStatement"]): string {
  if (model === undefined) return "";
  const { authnInstant, sessionIndex, classRef } = model;
  const context = textElement("saml:AuthnContextClassRef", classRef);
  return element(
    "saml:AuthnStatement",
    { AuthnInstant: dateTime(authnInstant), SessionIndex: sessionIndex },
    [context === "" ? "" : element("saml:AuthnContext", {}, [context])],
  );
}

function attributeStatement(model: SamlAssertionModel["attributes"]): string {
  if (model === undefined) return "";
  const attributes = model.map(({ name, nameFormat, values }) =>
    element(
      "saml:Attribute",
      { Name: name, NameFormat: nameFormat },
      values.map((value) => textElement("saml:AttributeValue", value)),
    ),
  );
  return element("saml:AttributeStatement", {}, attributes);
}

function assertion(model: SamlAssertionModel, namespaces: Attributes): string {
  const { id, issueInstant, issuer } = model;
  const attributes = { ...namespaces, ID: id, Version: "2.0", IssueInstant: dateTime(issueInstant) };
  return element("saml:Assertion", attributes, [
    textElement("saml:Issuer", issuer),
    subject(model.subject),
    conditions(model.conditions),
    authnStatement(model.authnStatement),
    attributeStatement(model.attributes),
  ]);
}

/**
 * Writes an assertion that stands alone, in the same way as `samlResponseXml`.
 *
 * @throws HarnessError when a value cannot be written in XML
 * @see SAML core §2
 */
export function samlAssertionXml(model: SamlAssertionModel): string {
  return assertion(model, { "xmlns:saml": ASSERTION_NAMESPACE });
}

/**
 * Writes a response as XML, elements in the order of the schema, every value escaped. A member that is missing leaves
 * its element or attribute out; one that is there but empty writes it empty.
 *
 * @throws HarnessError when a value cannot be written in XML
 * @see SAML core §2 and §3
 */
export function samlResponseXml(model: SamlResponseModel): string {
  const attributes = {
    "xmlns:samlp": PROTOCOL_NAMESPACE,
    "xmlns:saml": ASSERTION_NAMESPACE,
    ID: model.id,
    Version: "2.0",
    IssueInstant: dateTime(model.issueInstant),
    Destination: model.destination,
    InResponseTo: model.inResponseTo,
  };
  return element("samlp:Response", attributes, [
    textElement("saml:Issuer", model.issuer),
    status(model.status),
    model.assertion === undefined ? "" : assertion(model.assertion, {}),
  ]);
}
