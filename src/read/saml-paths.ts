/** XPath of the Response, with the prefixes that the specifications use. */
export const RESPONSE = "/samlp:Response";

/** XPath of the assertion. */
export const ASSERTION: string = `${RESPONSE}/saml:Assertion`;

/** XPath of the NameID. */
export const NAME_ID: string = `${ASSERTION}/saml:Subject/saml:NameID`;

/** XPath of the Conditions. */
export const CONDITIONS: string = `${ASSERTION}/saml:Conditions`;

/** XPath of one SubjectConfirmation, counted from 0. */
export function confirmationPath(index: number): string {
  return `${ASSERTION}/saml:Subject/saml:SubjectConfirmation[${index + 1}]`;
}

/** XPath of one AuthnStatement, counted from 0. */
export function authnStatementPath(index: number): string {
  return `${ASSERTION}/saml:AuthnStatement[${index + 1}]`;
}

/** XPath of one AuthnContextClassRef, both counted from 0. */
export function classRefPath(statement: number, index: number): string {
  return `${authnStatementPath(statement)}/saml:AuthnContext/saml:AuthnContextClassRef[${index + 1}]`;
}

/** XPath of one AuthnContextDeclRef, both counted from 0. */
export function declRefPath(statement: number, index: number): string {
  return `${authnStatementPath(statement)}/saml:AuthnContext/saml:AuthnContextDeclRef[${index + 1}]`;
}

/** XPath of the attributes with that name; an XPath literal knows no escape, so a quote in it is left out. */
export function attributePath(name: string): string {
  return `${ASSERTION}/saml:AttributeStatement/saml:Attribute[@Name="${name.replaceAll('"', "")}"]`;
}
