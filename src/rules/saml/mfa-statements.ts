import type { SamlAssertion, SamlAttribute } from "../../artifact.ts";
import type { Policy } from "../../policy.ts";
import { attributePath, classRefPath } from "../../read/saml-paths.ts";
import type { MfaStatement } from "../assertion/mfa-statement.ts";
import { MFA_ATTRIBUTE_NAMES, MFA_URIS, MFA_WORDS } from "../../vocabulary/saml-mfa.ts";

/** Every class reference, as the reader of the policy takes it. */
export function ofClassRefs(
  { authnStatements }: Pick<SamlAssertion, "authnStatements">,
  { mfa }: Policy,
): readonly MfaStatement[] {
  const read = mfa.classRefs.length > 0;
  const own = read ? mfa.classRefs : mfa.attributeValues;
  return authnStatements.flatMap(({ classRefs }, statement) =>
    classRefs.map((value, index) => ({
      at: classRefPath(statement, index),
      place: "AuthnContextClassRef",
      value,
      read,
      accepted: own.includes(value),
      known: own.includes(value) || MFA_URIS.includes(value),
    })),
  );
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
  }));
}

/** Every class reference and attribute value of an assertion, as the reader of the policy takes it. */
export function mfaStatements(assertion: SamlAssertion, policy: Policy): readonly MfaStatement[] {
  return [
    ...ofClassRefs(assertion, policy),
    ...assertion.attributes.flatMap((attribute) => ofAttribute(attribute, policy)),
  ];
}
