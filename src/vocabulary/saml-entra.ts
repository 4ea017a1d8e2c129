/**
 * Entity ids of Entra as the service provider of a federated domain, and its audiences in WS-Federation: the one of the
 * global cloud and the US Government's (Entra's page for SAML 2.0 identity providers), and that of 21Vianet.
 */
export const ENTRA_ENTITY_IDS: readonly string[] = [
  "urn:federation:MicrosoftOnline",
  "urn:federation:partner.microsoftonline.cn",
];

/** Audience of Entra for guests of a federated organisation, with the tenant in it (Entra: SAML/WS-Fed IdP federation). */
const ENTRA_TENANT_AUDIENCE: RegExp =
  /^https:\/\/login\.(?:microsoftonline\.(?:com|us)|partner\.microsoftonline\.cn)\/[^/]+\/?$/i;

/** Whether an audience is one of Entra as the service provider. */
export function isEntraAudience(audience: string): boolean {
  return ENTRA_ENTITY_IDS.includes(audience) || ENTRA_TENANT_AUDIENCE.test(audience);
}

/** Where Entra receives responses, in every cloud (Entra's page for SAML 2.0 identity providers), and for external tenants. */
export const ENTRA_RECIPIENT: RegExp =
  /^https:\/\/(?:login\.(?:microsoftonline\.(?:com|us|de)|partner\.microsoftonline\.cn|chinacloudapi\.cn)|[a-z0-9-]+\.ciamlogin\.com)\/login\.srf$/i;

/** What Entra calls itself where it is the identity provider, with the tenant in it (Entra: SAML single sign-on). */
export const ENTRA_AS_IDP: RegExp =
  /^https:\/\/(?:sts\.windows\.net|sts\.chinacloudapi\.cn|sts\.microsoftonline\.de)\/[^/]+\/?$/i;

/** The only NameID format that Entra takes (Entra's page for SAML 2.0 identity providers; SAML core §8.3.7). */
export const PERSISTENT_NAME_ID = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";

/** Longest NameID that Entra takes for an ImmutableID, characters (Entra's page for SAML 2.0 identity providers). */
export const MAX_IMMUTABLE_ID = 64;

/** Name of the attribute that has to hold the user principal name (Entra's page for SAML 2.0 identity providers). */
export const IDP_EMAIL = "IDPEmail";

/** Domain that every tenant has and that cannot be federated (Entra's page for SAML 2.0 identity providers). */
export const INITIAL_DOMAIN = ".onmicrosoft.com";
