/** What makes Entra the reader of a SAML response. */
export const ENTRA = { audiences: ["urn:federation:MicrosoftOnline"] };
