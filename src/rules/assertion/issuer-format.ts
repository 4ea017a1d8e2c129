import { quote } from "../../quote.ts";
import type { Fault } from "../../rule.ts";

/** SAML core §8.3.6: the only format that the name of an IdP may have. */
const ENTITY = "urn:oasis:names:tc:SAML:2.0:nameid-format:entity";

/**
 * The fault of an issuer whose name has another Format than that of an entity.
 *
 * @param at XPath of the element that the Issuer stands in
 */
export function formatFaults(at: string, format: string | undefined): readonly Fault[] {
  if (format === undefined || format === ENTITY) return [];
  const message = `the Format of the issuer is ${quote(format)}; it must be left out, or be that of an entity`;
  return [{ at: `${at}/saml:Issuer/@Format`, message }];
}
