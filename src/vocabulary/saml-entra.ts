/** Entity id of Entra as a service provider, and its audience in WS-Federation (Entra's page for SAML 2.0 identity providers). */
export const ENTRA_ENTITY_ID = "urn:federation:MicrosoftOnline";

/** The only NameID format that Entra takes (Entra's page for SAML 2.0 identity providers; SAML core §8.3.7). */
export const PERSISTENT_NAME_ID = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";

/** Longest NameID that Entra takes for an ImmutableID, characters (Entra's page for SAML 2.0 identity providers). */
export const MAX_IMMUTABLE_ID = 64;

/** Name of the attribute that has to hold the user principal name (Entra's page for SAML 2.0 identity providers). */
export const IDP_EMAIL = "IDPEmail";

/** Domain that every tenant has and that cannot be federated (Entra's page for SAML 2.0 identity providers). */
export const INITIAL_DOMAIN = ".onmicrosoft.com";
