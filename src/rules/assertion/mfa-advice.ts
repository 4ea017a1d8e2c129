import type { Policy } from "../../policy.ts";
import { quote } from "../../quote.ts";

/**
 * What to change so that the reader of the policy sees MFA: its own places and values, and nobody else's.
 *
 * @param classPlace what the protocol calls the place of the class, e.g. `AuthnContextClassRef`
 */
export function sendWhereRead({ mfa }: Policy, classPlace: string): string {
  const names = mfa.attributes.map(({ name }) => quote(name)).join(" or ");
  const places = [
    ...(mfa.classRefs.length === 0 ? [] : [`${oneOf(mfa.classRefs)} in ${classPlace}`]),
    ...(names === "" ? [] : [`${oneOf(mfa.attributeValues)} in the attribute ${names}`]),
  ];
  return `Whenever MFA was done, send what this reader looks for: ${places.join(", or ")}.`;
}

function oneOf(values: readonly string[]): string {
  return values.map(quote).join(" or ");
}
