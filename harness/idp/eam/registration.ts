import type { PublishedKeys } from "../published-keys.ts";

/** Where Entra's keys come from: given, or fetched through its metadata when the first hint is to be verified. */
export type EntraKeys =
  { readonly jwks: PublishedKeys; readonly issuer?: string | undefined } | { readonly metadataUrl: string };

/** How the provider of an external authentication method is registered at Entra. */
export interface EamOptions {
  /** The id this provider gave Entra: `client_id` of its requests. Default `mfa-harness`. */
  readonly clientId?: string | undefined;
  /** Application id, which a hint may name as its audience instead of the client id. */
  readonly appId?: string | undefined;
  /** Where answers may go besides Entra's own redirect URIs and this machine. */
  readonly redirectUris?: readonly string[] | undefined;
  /**
   * Whose hints are taken; an `issuer` holds `{tenantid}` where the tenant stands. Default: a stand-in that
   * `MockIdp.entra` shows.
   */
  readonly entra?: EntraKeys | undefined;
}
