import type { SamlAssertion, SamlAttribute } from "../../artifact.ts";
import type { Policy } from "../../policy.ts";
import { attributePath, classRefPath, declRefPath } from "../../read/saml-paths.ts";
import type { MethodList } from "../assertion/methods.ts";
import type { Places } from "../assertion/mfa-advice.ts";
import type { MfaStatement } from "../assertion/mfa-statement.ts";
import { definedMfaWord, mfaWord } from "../../vocabulary/mfa-words.ts";
import { MFA_ATTRIBUTE_NAMES, MFA_URIS, MFA_WORDS } from "../../vocabulary/saml-mfa.ts";

/** What SAML 2.0 calls the places where MFA may stand. */
export const SAML_PLACES: Places = { classRef: "AuthnContextClassRef", attributeFormat: "NameFormat" };

/** Every class and every reference to a declaration, as the reader of the policy takes it. */
export function ofClassRefs(
  { authnStatements }: Pick<SamlAssertion, "authnStatements">,
  { mfa }: Policy,
): readonly MfaStatement[] {
  const classesRead = mfa.classRefs.length > 0;
  const own = classesRead ? mfa.classRefs : mfa.attributeValues;
  const ref = (value: string, at: string, place: string, read: boolean): MfaStatement => ({
    at,
    place,
    value,
    read,
    accepted: own.includes(value),
    known: own.includes(value) || MFA_URIS.includes(value),
    word: mfaWord(value),
  });
  return authnStatements.flatMap(({ classRefs, declRefs = [] }, statement) => [
    ...classRefs.map((value, index) =>
      ref(value, classRefPath(statement, index), SAML_PLACES.classRef, classesRead),
    ),
    // A reader compares classes: a declaration is a document of the issuer's own.
    ...declRefs.map((value, index) =>
      ref(value, declRefPath(statement, index), "AuthnContextDeclRef", false),
    ),
  ]);
}

/** Whether the reader of the policy looks into an attribute. */
export function isRead({ name, nameFormat }: SamlAttribute, { mfa }: Policy): boolean {
  return mfa.attributes.some((each) => each.name === name && each.nameFormats.includes(nameFormat ?? null));
}

/** The bare words are common in other attributes, so they count as known only under a name that carries methods. */
function isKnown(name: string, value: string): boolean {
  return MFA_URIS.includes(value) || (MFA_WORDS.includes(value) && MFA_ATTRIBUTE_NAMES.includes(name));
}

/** Every value of an attribute, as the reader of the policy takes it. */
export function ofAttribute(attribute: SamlAttribute, policy: Policy): readonly MfaStatement[] {
  const { name, nameFormat, values } = attribute;
  const { attributes, attributeValues, classRefs } = policy.mfa;
  const named = attributes.some((each) => each.name === name);
  const own = attributes.length > 0 ? attributeValues : classRefs;
  return values.map((value) => ({
    at: attributePath(name),
    place: named ? `attribute ${name} with NameFormat ${nameFormat ?? "absent"}` : `attribute ${name}`,
    value,
    read: isRead(attribute, policy),
    accepted: own.includes(value),
    known: (named && own.includes(value)) || isKnown(name, value),
    word: named || MFA_ATTRIBUTE_NAMES.includes(name) ? definedMfaWord(value) : undefined,
  }));
}

/** Every class reference and attribute value of an assertion, as the reader of the policy takes it. */
export function mfaStatements(assertion: SamlAssertion, policy: Policy): readonly MfaStatement[] {
  return [
    ...ofClassRefs(assertion, policy),
    ...assertion.attributes.flatMap((attribute) => ofAttribute(attribute, policy)),
  ];
}

/** The attributes that list methods, by their name or because the reader looks there. */
export function methodLists({ attributes }: SamlAssertion, policy: Policy): readonly MethodList[] {
  return attributes
    .filter((attribute) => MFA_ATTRIBUTE_NAMES.includes(attribute.name) || isRead(attribute, policy))
    .map((attribute) => ({
      at: attributePath(attribute.name),
      name: `attribute ${attribute.name}`,
      values: attribute.values,
      read: isRead(attribute, policy),
    }));
}
