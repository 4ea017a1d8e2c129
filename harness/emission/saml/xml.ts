import type { SamlAssertionModel, SamlAuthnStatementModel, SamlResponseModel, XmlTime } from "../model.ts";
import { ASSERTION_NAMESPACE, BEARER, PROTOCOL_NAMESPACE } from "./names.ts";
import { type Attributes, dateTime, element, type Text, textElement } from "../xml/xml.ts";

/** How every time of one message is written. */
type WriteTime = (time: XmlTime | undefined) => Text | undefined;

function timesWith(fractionDigits: number | undefined): WriteTime {
  return (time) => dateTime(time, fractionDigits);
}

function status({ status: codes, statusMessage }: SamlResponseModel): string {
  if (codes === undefined) return "";
  const nested = codes.reduceRight<string>(
    (inner, code) => element("samlp:StatusCode", { Value: code ?? undefined }, [inner]),
    "",
  );
  return element("samlp:Status", {}, [nested, textElement("samlp:StatusMessage", statusMessage)]);
}

function confirmation(model: NonNullable<SamlAssertionModel["subject"]>, write: WriteTime): string {
  const data = {
    NotBefore: write(model.notBefore),
    InResponseTo: model.inResponseTo,
    NotOnOrAfter: write(model.notOnOrAfter),
    Recipient: model.recipient,
    Address: model.address,
  };
  const bound = Object.values(data).some((value) => value !== undefined);
  if (!bound && model.method === undefined) return "";
  return element("saml:SubjectConfirmation", { Method: model.method }, [
    bound ? element("saml:SubjectConfirmationData", data) : "",
  ]);
}

function subject(model: SamlAssertionModel["subject"], write: WriteTime): string {
  if (model === undefined) return "";
  const { nameId, nameQualifier, spNameQualifier, format, content = "" } = model;
  return element("saml:Subject", {}, [
    textElement("saml:NameID", nameId, {
      NameQualifier: nameQualifier,
      SPNameQualifier: spNameQualifier,
      Format: format,
    }),
    confirmation(model, write),
    content,
  ]);
}

function conditions(model: SamlAssertionModel["conditions"], write: WriteTime): string {
  if (model === undefined) return "";
  const { notBefore, notOnOrAfter, audiences, content = "" } = model;
  const restriction = audiences?.map((audience) => textElement("saml:Audience", audience));
  return element("saml:Conditions", { NotBefore: write(notBefore), NotOnOrAfter: write(notOnOrAfter) }, [
    restriction === undefined ? "" : element("saml:AudienceRestriction", {}, restriction),
    content,
  ]);
}

function authnStatement(model: SamlAuthnStatementModel | undefined, write: WriteTime): string {
  if (model === undefined) return "";
  const { authnInstant, sessionIndex, sessionNotOnOrAfter, classRef, content = "" } = model;
  const context = textElement("saml:AuthnContextClassRef", classRef);
  return element(
    "saml:AuthnStatement",
    {
      AuthnInstant: write(authnInstant),
      SessionIndex: sessionIndex,
      SessionNotOnOrAfter: write(sessionNotOnOrAfter),
    },
    [context === "" ? "" : element("saml:AuthnContext", {}, [context]), content],
  );
}

function attributeStatement(model: SamlAssertionModel["attributes"]): string {
  if (model === undefined) return "";
  const attributes = model.map(({ name, nameFormat, friendlyName, values = [], content = "" }) =>
    element("saml:Attribute", { Name: name, NameFormat: nameFormat, FriendlyName: friendlyName }, [
      ...values.map((value) => textElement("saml:AttributeValue", value)),
      content,
    ]),
  );
  return element("saml:AttributeStatement", {}, attributes);
}

function assertion(model: SamlAssertionModel, namespaces: Attributes, write: WriteTime): string {
  const { id, version, issueInstant, issuer, issuerFormat, furtherAuthnStatements = [] } = model;
  const attributes = { ...namespaces, ID: id, Version: version, IssueInstant: write(issueInstant) };
  return element("saml:Assertion", attributes, [
    textElement("saml:Issuer", issuer, { Format: issuerFormat }),
    subject(model.subject, write),
    conditions(model.conditions, write),
    ...[model.authnStatement, ...furtherAuthnStatements].map((each) => authnStatement(each, write)),
    attributeStatement(model.attributes),
    model.content ?? "",
  ]);
}

/**
 * Writes an assertion that stands alone, in the same way as `samlResponseXml`; what it does not say of its version and
 * of the method of its confirmation is 2.0 and bearer.
 *
 * @throws HarnessError when a value cannot be written in XML
 * @see SAML core §2
 */
export function samlAssertionXml(model: SamlAssertionModel): string {
  const { subject: about } = model;
  const confirmed = about?.notOnOrAfter === undefined ? about : { method: BEARER, ...about };
  const whole = { version: "2.0", ...model, ...(confirmed === undefined ? {} : { subject: confirmed }) };
  return assertion(whole, { "xmlns:saml": ASSERTION_NAMESPACE }, timesWith(undefined));
}

/**
 * Writes a response as XML, elements in the order of the schema, every value escaped but raw text. A member that is
 * missing leaves its element or attribute out; one that is there but empty writes it empty.
 *
 * @throws HarnessError when a value cannot be written in XML
 * @see SAML core §2 and §3
 */
export function samlResponseXml(model: SamlResponseModel): string {
  const write = timesWith(model.fractionDigits);
  const attributes = {
    "xmlns:samlp": PROTOCOL_NAMESPACE,
    "xmlns:saml": ASSERTION_NAMESPACE,
    ID: model.id,
    Version: model.version,
    IssueInstant: write(model.issueInstant),
    Destination: model.destination,
    InResponseTo: model.inResponseTo,
  };
  return element("samlp:Response", attributes, [
    textElement("saml:Issuer", model.issuer, { Format: model.issuerFormat }),
    model.extensions === undefined ? "" : element("samlp:Extensions", {}, [model.extensions]),
    status(model),
    model.assertion === undefined ? "" : assertion(model.assertion, {}, write),
    model.content ?? "",
  ]);
}
