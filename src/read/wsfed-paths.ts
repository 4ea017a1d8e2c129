/** XPath of the answer, with the prefixes that the specifications use. */
const RSTR = "/t:RequestSecurityTokenResponse";

/** XPath of the element that holds the token. */
export const TOKEN_HOLDER: string = `${RSTR}/t:RequestedSecurityToken`;

/** XPath of the token. */
export const TOKEN: string = `${TOKEN_HOLDER}/saml:Assertion`;

/** XPath of the Conditions. */
export const TOKEN_CONDITIONS: string = `${TOKEN}/saml:Conditions`;

/** XPath of one statement of a kind, counted from 0. */
export function statementPath(kind: string, index: number): string {
  return `${TOKEN}/saml:${kind}[${index + 1}]`;
}

/** XPath of the Subject of a SAML 2.0 token. */
export const SUBJECT: string = `${TOKEN}/saml:Subject`;

/** XPath of the attributes with that name; an XPath literal knows no escape, so a quote in it is left out. */
export function claimPath(attribute: string, name: string): string {
  return `${TOKEN}/saml:AttributeStatement/saml:Attribute[@${attribute}="${name.replaceAll('"', "")}"]`;
}
