import type {
  SamlAssertion,
  SamlConditions,
  SamlConfirmation,
  WsFedAttribute,
  WsFedName,
  WsFedResponse,
  WsFedSubject,
} from "../artifact.ts";
import { SAML_1_ASSERTION } from "../vocabulary/saml-namespaces.ts";
import { SAML_1_CONDITIONS } from "../vocabulary/wsfed-protocol.ts";
import { issuerOf, readAssertion, readValue } from "./saml-assertion.ts";
import { claimPath, statementPath, SUBJECT } from "./wsfed-paths.ts";
import {
  allOf,
  attributeOf,
  displayName,
  elementsOf,
  oneOf,
  textOf,
  type XmlElement,
} from "./xml-element.ts";

function isSaml1({ namespace }: XmlElement): boolean {
  return namespace === SAML_1_ASSERTION;
}

/** The issuer that a token names: an attribute in SAML 1.1, an element in SAML 2.0. */
export function tokenIssuer(token: XmlElement): string | undefined {
  return isSaml1(token) ? attributeOf(token, "Issuer") : issuerOf(token);
}

function versionOf(token: XmlElement): string {
  return `${attributeOf(token, "MajorVersion") ?? ""}.${attributeOf(token, "MinorVersion") ?? ""}`;
}

function nameOf(subject: XmlElement): WsFedName | undefined {
  const name = oneOf(subject, SAML_1_ASSERTION, "NameIdentifier");
  if (name === undefined) return undefined;
  const [format, qualifier] = ["Format", "NameQualifier"].map((each) => attributeOf(name, each));
  return { value: textOf(name), format, qualifier };
}

/** Subjects of all statements: in SAML 1.1 each statement has its own, and one without any is about nobody. */
function subjectsOf(token: XmlElement): readonly WsFedSubject[] {
  const seen = new Map<string, number>();
  return elementsOf(token)
    .filter(({ namespace, local }) => namespace === SAML_1_ASSERTION && local.endsWith("Statement"))
    .map((statement) => {
      const index = seen.get(statement.local) ?? 0;
      seen.set(statement.local, index + 1);
      const subject = oneOf(statement, SAML_1_ASSERTION, "Subject");
      return {
        at: `${statementPath(statement.local, index)}/saml:Subject`,
        name: subject === undefined ? undefined : nameOf(subject),
        confirmations: subject === undefined ? [] : confirmationsOf(subject),
      };
    });
}

function confirmationsOf(subject: XmlElement): readonly SamlConfirmation[] {
  const confirmation = oneOf(subject, SAML_1_ASSERTION, "SubjectConfirmation");
  if (confirmation === undefined) return [];
  return allOf(confirmation, SAML_1_ASSERTION, "ConfirmationMethod").map((method) => ({
    method: textOf(method),
    recipient: undefined,
    inResponseTo: undefined,
    notBefore: undefined,
    notOnOrAfter: undefined,
  }));
}

function isKnown({ namespace, local }: XmlElement): boolean {
  return namespace === SAML_1_ASSERTION && SAML_1_CONDITIONS.has(local);
}

function readConditions(conditions: XmlElement): SamlConditions {
  return {
    notBefore: attributeOf(conditions, "NotBefore"),
    notOnOrAfter: attributeOf(conditions, "NotOnOrAfter"),
    audienceRestrictions: allOf(conditions, SAML_1_ASSERTION, "AudienceRestrictionCondition").map(
      (restriction) => allOf(restriction, SAML_1_ASSERTION, "Audience").map((audience) => textOf(audience)),
    ),
    oneTimeUse: false,
    repeated: [],
    unknown: elementsOf(conditions)
      .filter((condition) => !isKnown(condition))
      .map((condition) => displayName(condition)),
  };
}

function readAttribute(attribute: XmlElement): WsFedAttribute {
  const name = attributeOf(attribute, "AttributeName") ?? "";
  const values = allOf(attribute, SAML_1_ASSERTION, "AttributeValue").map((value) => readValue(value));
  return {
    at: claimPath("AttributeName", name),
    name,
    namespace: attributeOf(attribute, "AttributeNamespace"),
    values: values.filter((value) => value !== undefined),
  };
}

function readSaml1(token: XmlElement): WsFedResponse {
  const conditions = oneOf(token, SAML_1_ASSERTION, "Conditions");
  const statements = allOf(token, SAML_1_ASSERTION, "AuthenticationStatement");
  return {
    version: versionOf(token),
    id: attributeOf(token, "AssertionID"),
    issuer: tokenIssuer(token),
    issueInstant: attributeOf(token, "IssueInstant"),
    subjects: subjectsOf(token),
    conditions: conditions === undefined ? undefined : readConditions(conditions),
    authentications: statements.map((statement, index) => {
      const method = attributeOf(statement, "AuthenticationMethod");
      return {
        at: statementPath("AuthenticationStatement", index),
        methods: method === undefined ? [] : [method],
        instant: attributeOf(statement, "AuthenticationInstant"),
        sessionEnd: undefined,
      };
    }),
    attributes: allOf(token, SAML_1_ASSERTION, "AttributeStatement")
      .flatMap((statement) => allOf(statement, SAML_1_ASSERTION, "Attribute"))
      .map((attribute) => readAttribute(attribute)),
    encryptedParts: [],
  };
}

function subjectOf({ nameId, confirmations }: Pick<SamlAssertion, "nameId" | "confirmations">): WsFedSubject {
  const name = nameId === undefined ? undefined : { ...nameId, qualifier: undefined };
  return { at: SUBJECT, name, confirmations };
}

function readSaml2(token: XmlElement): WsFedResponse {
  const { version = "", id, issuer, issueInstant, ...assertion } = readAssertion(token, true);
  return {
    version,
    id,
    issuer,
    ...(assertion.issuerFormat === undefined ? {} : { issuerFormat: assertion.issuerFormat }),
    issueInstant,
    subjects: [subjectOf(assertion)],
    conditions: assertion.conditions,
    authentications: assertion.authnStatements.map((statement, index) => ({
      at: statementPath("AuthnStatement", index),
      methods: statement.classRefs,
      ...(statement.declRefs === undefined ? {} : { declRefs: statement.declRefs }),
      instant: statement.authnInstant,
      sessionEnd: statement.sessionNotOnOrAfter,
    })),
    attributes: assertion.attributes.map(({ name, values }) => {
      return { at: claimPath("Name", name), name, namespace: undefined, values };
    }),
    encryptedParts: assertion.encryptedParts,
  };
}

/**
 * Reads the token of an answer: direct children only, so that nothing inside Advice or a value counts.
 *
 * @param token a SAML 1.1 or SAML 2.0 Assertion
 * @throws Refusal of kind `structure` when something stands there twice or a value is not plain text
 */
export function readWsFedAssertion(token: XmlElement): WsFedResponse {
  return isSaml1(token) ? readSaml1(token) : readSaml2(token);
}
