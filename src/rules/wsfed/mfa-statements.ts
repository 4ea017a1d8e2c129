import type { WsFedAttribute, WsFedResponse } from "../../artifact.ts";
import type { Policy } from "../../policy.ts";
import { carriesMethods } from "../../read/wsfed-evidence.ts";
import { definedMfaWord, mfaWord } from "../../vocabulary/mfa-words.ts";
import { MFA_URIS, MFA_WORDS } from "../../vocabulary/saml-mfa.ts";
import type { MethodList } from "../assertion/methods.ts";
import type { MfaStatement } from "../assertion/mfa-statement.ts";
import { placesOf, readingOf } from "./mfa-reading.ts";

/** Every method of a statement, as the reader of the policy takes it. */
export function ofMethods(response: WsFedResponse, policy: Policy): readonly MfaStatement[] {
  const { classRefs } = readingOf(response, policy);
  const method = (value: string, at: string, place: string, read: boolean): MfaStatement => ({
    at,
    place,
    value,
    read,
    accepted: classRefs.includes(value),
    known: policy.mfa.classRefs.includes(value) || MFA_URIS.includes(value),
    word: mfaWord(value),
  });
  const { classRef: place } = placesOf(response);
  return response.authentications.flatMap(({ at, methods, declRefs = [] }) => [
    ...methods.map((value) => method(value, at, place, classRefs.length > 0)),
    ...declRefs.map((value) => method(value, at, "AuthnContextDeclRef", false)),
  ]);
}

/** Whether the reader looks into an attribute. */
export function isRead(
  { name, namespace }: WsFedAttribute,
  response: WsFedResponse,
  policy: Policy,
): boolean {
  return readingOf(response, policy).attributes.some((each) => {
    return each.name === name && each.nameFormats.includes(namespace ?? null);
  });
}

/** Every value of an attribute, as the reader of the policy takes it. */
export function ofAttribute(
  attribute: WsFedAttribute,
  response: WsFedResponse,
  policy: Policy,
): readonly MfaStatement[] {
  const { at, name, namespace, values } = attribute;
  const { attributeValues } = readingOf(response, policy);
  return values.map((value): MfaStatement => ({
    at,
    place: `attribute ${name} of ${namespace ?? "no namespace"}`,
    value,
    read: isRead(attribute, response, policy),
    accepted: attributeValues.includes(value),
    known: MFA_URIS.includes(value) || (MFA_WORDS.includes(value) && carriesMethods(attribute)),
    word: carriesMethods(attribute) ? definedMfaWord(value) : undefined,
  }));
}

/** Every method and attribute value of a token, as the reader of the policy takes it. */
export function mfaStatements(response: WsFedResponse, policy: Policy): readonly MfaStatement[] {
  return [
    ...ofMethods(response, policy),
    ...response.attributes.flatMap((attribute) => ofAttribute(attribute, response, policy)),
  ];
}

/** The attributes that list methods, by their name or because the reader looks there. */
export function methodLists(response: WsFedResponse, policy: Policy): readonly MethodList[] {
  return response.attributes
    .filter((attribute) => carriesMethods(attribute) || isRead(attribute, response, policy))
    .map((attribute) => ({
      at: attribute.at,
      name: `attribute ${attribute.name}`,
      values: attribute.values,
      read: isRead(attribute, response, policy),
    }));
}
