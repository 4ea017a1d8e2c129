import type {
  SamlAssertion,
  SamlAttribute,
  SamlAuthnStatement,
  SamlConditions,
  SamlConfirmation,
  SamlEnvelope,
} from "../artifact.ts";
import { SAML_ASSERTION, SAML_PROTOCOL } from "../vocabulary/saml-namespaces.ts";
import { ENCRYPTED_PARTS, KNOWN_CONDITIONS } from "../vocabulary/saml-protocol.ts";
import {
  allOf,
  attributeOf,
  displayName,
  elementsOf,
  isBlank,
  isNil,
  locate,
  oneOf,
  textOf,
  type XmlElement,
} from "./xml-element.ts";
import { Refusal } from "./xml-refusal.ts";

function textOfChild(parent: XmlElement, local: string): string | undefined {
  const child = oneOf(parent, SAML_ASSERTION, local);
  return child === undefined ? undefined : textOf(child);
}

/** The Issuer inside a Response or an Assertion. */
export function issuerOf(parent: XmlElement): string | undefined {
  return textOfChild(parent, "Issuer");
}

/** The Format of the Issuer, where it has one. */
function issuerFormatOf(parent: XmlElement): { readonly issuerFormat?: string } {
  const issuer = oneOf(parent, SAML_ASSERTION, "Issuer");
  const issuerFormat = issuer === undefined ? undefined : attributeOf(issuer, "Format");
  return issuerFormat === undefined ? {} : { issuerFormat };
}

function statusCodes(response: XmlElement): readonly string[] {
  const codes: string[] = [];
  const status = oneOf(response, SAML_PROTOCOL, "Status");
  let code = status === undefined ? undefined : oneOf(status, SAML_PROTOCOL, "StatusCode");
  while (code !== undefined) {
    codes.push(attributeOf(code, "Value") ?? "");
    code = oneOf(code, SAML_PROTOCOL, "StatusCode");
  }
  return codes;
}

/** Reads what the Response element itself says. */
export function readEnvelope(response: XmlElement, signed: SamlEnvelope["signed"]): SamlEnvelope {
  return {
    signed,
    id: attributeOf(response, "ID"),
    version: attributeOf(response, "Version"),
    issuer: issuerOf(response),
    ...issuerFormatOf(response),
    destination: attributeOf(response, "Destination"),
    inResponseTo: attributeOf(response, "InResponseTo"),
    issueInstant: attributeOf(response, "IssueInstant"),
    status: statusCodes(response),
  };
}

function readNameId(subject: XmlElement): SamlAssertion["nameId"] {
  const nameId = oneOf(subject, SAML_ASSERTION, "NameID");
  if (nameId === undefined) return undefined;
  return {
    value: textOf(nameId),
    format: attributeOf(nameId, "Format"),
    spNameQualifier: attributeOf(nameId, "SPNameQualifier"),
  };
}

function readConfirmation(confirmation: XmlElement): SamlConfirmation {
  const data = oneOf(confirmation, SAML_ASSERTION, "SubjectConfirmationData");
  const ofData = (name: string) => (data === undefined ? undefined : attributeOf(data, name));
  return {
    method: attributeOf(confirmation, "Method"),
    recipient: ofData("Recipient"),
    inResponseTo: ofData("InResponseTo"),
    notBefore: ofData("NotBefore"),
    notOnOrAfter: ofData("NotOnOrAfter"),
  };
}

function isKnownCondition(condition: XmlElement): boolean {
  return condition.namespace === SAML_ASSERTION && KNOWN_CONDITIONS.has(condition.local);
}

function readConditions(conditions: XmlElement): SamlConditions {
  const known = (local: string) => allOf(conditions, SAML_ASSERTION, local).length;
  const restrictions = allOf(conditions, SAML_ASSERTION, "AudienceRestriction");
  return {
    notBefore: attributeOf(conditions, "NotBefore"),
    notOnOrAfter: attributeOf(conditions, "NotOnOrAfter"),
    audienceRestrictions: restrictions.map((restriction) =>
      allOf(restriction, SAML_ASSERTION, "Audience").map((audience) => textOf(audience)),
    ),
    oneTimeUse: known("OneTimeUse") > 0,
    repeated: ["OneTimeUse", "ProxyRestriction"].filter((local) => known(local) > 1),
    unknown: elementsOf(conditions)
      .filter((condition) => !isKnownCondition(condition))
      .map((condition) => displayName(condition)),
  };
}

function readAuthnStatement(statement: XmlElement): SamlAuthnStatement {
  const context = oneOf(statement, SAML_ASSERTION, "AuthnContext");
  const refs = (local: string) => {
    const found = context === undefined ? [] : allOf(context, SAML_ASSERTION, local);
    return found.map((ref) => textOf(ref));
  };
  const declRefs = refs("AuthnContextDeclRef");
  return {
    authnInstant: attributeOf(statement, "AuthnInstant"),
    sessionNotOnOrAfter: attributeOf(statement, "SessionNotOnOrAfter"),
    classRefs: refs("AuthnContextClassRef"),
    ...(declRefs.length === 0 ? {} : { declRefs }),
  };
}

/** The text of an attribute value; undefined for one that is nil or made of elements, which is no string. */
export function readValue(value: XmlElement): string | undefined {
  if (isNil(value)) return undefined;
  if (!value.children.some((child) => child.kind === "element")) return textOf(value);
  if (value.children.some((child) => child.kind === "text" && !isBlank(child.value))) {
    const message = "an attribute value mixes text and elements, so that readers disagree about it";
    throw new Refusal("structure", locate(value), message);
  }
  return undefined;
}

function readAttribute(attribute: XmlElement): SamlAttribute | undefined {
  const name = attributeOf(attribute, "Name");
  if (name === undefined) return undefined;
  const values = allOf(attribute, SAML_ASSERTION, "AttributeValue").map((value) => readValue(value));
  return {
    name,
    nameFormat: attributeOf(attribute, "NameFormat"),
    values: values.filter((value) => value !== undefined),
  };
}

/** SAML core §2.7.3: a statement about attributes without one states nothing, which the schema rules out. */
function attributesOf(statement: XmlElement): readonly (SamlAttribute | undefined)[] {
  if (elementsOf(statement).length === 0) {
    const message = "the AttributeStatement is empty; it must hold at least one attribute";
    throw new Refusal("structure", locate(statement), message);
  }
  return allOf(statement, SAML_ASSERTION, "Attribute").map((attribute) => readAttribute(attribute));
}

/** Names of the encrypted elements in a place: they are not decrypted, so nothing in them is read. */
function encryptedParts(assertion: XmlElement, subject: XmlElement | undefined): readonly string[] {
  const places = [
    ...(subject === undefined ? [] : [subject, ...allOf(subject, SAML_ASSERTION, "SubjectConfirmation")]),
    ...allOf(assertion, SAML_ASSERTION, "AttributeStatement"),
  ];
  return places
    .flatMap((place) => elementsOf(place))
    .filter(({ namespace, local }) => namespace === SAML_ASSERTION && ENCRYPTED_PARTS.has(local))
    .map((element) => displayName(element));
}

/**
 * Reads an assertion: direct children only, so that nothing inside Advice or a value counts.
 *
 * @param signed whether it bears a signature of its own
 * @throws Refusal of kind `structure` when something stands there twice or a value is not plain text
 */
export function readAssertion(assertion: XmlElement, signed: boolean): SamlAssertion {
  const subject = oneOf(assertion, SAML_ASSERTION, "Subject");
  const conditions = oneOf(assertion, SAML_ASSERTION, "Conditions");
  const confirmations = subject === undefined ? [] : allOf(subject, SAML_ASSERTION, "SubjectConfirmation");
  const attributes = allOf(assertion, SAML_ASSERTION, "AttributeStatement").flatMap((statement) =>
    attributesOf(statement),
  );
  return {
    signed,
    id: attributeOf(assertion, "ID"),
    version: attributeOf(assertion, "Version"),
    issuer: issuerOf(assertion),
    ...issuerFormatOf(assertion),
    issueInstant: attributeOf(assertion, "IssueInstant"),
    nameId: subject === undefined ? undefined : readNameId(subject),
    confirmations: confirmations.map((confirmation) => readConfirmation(confirmation)),
    conditions: conditions === undefined ? undefined : readConditions(conditions),
    authnStatements: allOf(assertion, SAML_ASSERTION, "AuthnStatement").map((each) =>
      readAuthnStatement(each),
    ),
    attributes: attributes.filter((attribute) => attribute !== undefined),
    encrypted: false,
    encryptedParts: encryptedParts(assertion, subject),
  };
}
