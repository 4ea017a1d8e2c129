/** Issuer of the EAM side at an origin. */
export function eamIssuer(origin: string): string {
  return `${origin}/eam`;
}

/**
 * The discovery document, with the members that Entra reads and no others (Entra's EAM provider reference).
 *
 * Entra itself wants HTTPS; on this machine the issuer is an http URL.
 */
export function eamDiscovery(origin: string): Readonly<Record<string, unknown>> {
  const issuer = eamIssuer(origin);
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ["id_token"],
    response_modes_supported: ["form_post"],
    grant_types_supported: ["implicit"],
    scopes_supported: ["openid"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
    claim_types_supported: ["normal"],
  };
}
