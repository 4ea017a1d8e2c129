import { HarnessError } from "../errors.ts";
import type { SamlAssertionModel, SamlResponseModel } from "./model.ts";
import { ASSERTION_NAMESPACE, BEARER, PROTOCOL_NAMESPACE } from "./saml-names.ts";

type Time = number | string | undefined;
type Attributes = Readonly<Record<string, string | undefined>>;

const NOT_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** The years 1 to 9999: others have no four-digit `xs:dateTime`. */
const FIRST_SECOND = -62_135_596_800;
const LAST_SECOND = 253_402_300_799;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  // A parser would turn these into blanks in an attribute, and some of them into a line feed in text.
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
  "\u0085": "&#133;",
  "\u2028": "&#8232;",
};

/** Whether XML 1.0 can hold the text at all: no control characters, no lone surrogates. */
export function isXmlText(text: string): boolean {
  return !NOT_XML.test(text);
}

/** Text made safe for XML text and for quoted attribute values. */
export function escapeXml(text: string): string {
  if (isXmlText(text))
    return text.replace(/[&<>"\t\n\r\u0085\u2028]/g, (character) => ENTITIES[character] ?? "");
  throw new HarnessError(
    "ERR_SCENARIO_INVALID",
    `XML cannot hold the text ${JSON.stringify(text)}`,
    "Take the control characters and lone surrogates out of the patched value.",
  );
}

function dateTime(time: Time): string | undefined {
  if (typeof time !== "number") return time;
  if (time >= FIRST_SECOND && time <= LAST_SECOND)
    return new Date(time * 1000).toISOString().replace(".000Z", "Z");
  throw new HarnessError(
    "ERR_SCENARIO_INVALID",
    `${time} seconds since the epoch is not a time that SAML can write`,
    "Use a time between the years 1 and 9999, or a string to write something that is no time.",
  );
}

function element(name: string, attributes: Attributes, children: readonly string[] = []): string {
  const written = Object.entries(attributes)
    .map(([key, value]) => (value === undefined ? "" : ` ${key}="${escapeXml(value)}"`))
    .join("");
  const content = children.join("");
  return content === "" ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

function textElement(name: string, text: string | undefined, attributes: Attributes = {}): string {
  return text === undefined ? "" : element(name, attributes, [escapeXml(text)]);
}

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

function assertion(model: SamlAssertionModel | undefined): string {
  if (model === undefined) return "";
  const { id, issueInstant, issuer } = model;
  return element("saml:Assertion", { ID: id, Version: "2.0", IssueInstant: dateTime(issueInstant) }, [
    textElement("saml:Issuer", issuer),
    subject(model.subject),
    conditions(model.conditions),
    authnStatement(model.authnStatement),
    attributeStatement(model.attributes),
  ]);
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
    assertion(model.assertion),
  ]);
}
