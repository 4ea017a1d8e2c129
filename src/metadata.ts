/** What metadata says about an identity provider. */
export interface SamlIssuer {
  /** The entity id. */
  readonly issuer: string;
  /** Certificates of its signing keys, as PEM. */
  readonly certificates: readonly string[];
}

/**
 * Reads issuer and signing certificates from the metadata of one identity provider, of SAML or WS-Federation; its own
 * signature is not checked.
 *
 * @param xml the metadata document
 * @returns undefined when it describes no identity provider, or more than one
 */
export async function readSamlMetadata(xml: string): Promise<SamlIssuer | undefined> {
  const [provider, second] = await readFederationMetadata(xml);
  return second === undefined ? provider : undefined;
}

/**
 * Reads issuer and signing certificates of every identity provider in metadata, of SAML or WS-Federation; a signature on
 * the metadata is not checked.
 *
 * @param xml an EntityDescriptor or EntitiesDescriptor
 * @returns none when it describes no identity provider
 */
export async function readFederationMetadata(xml: string): Promise<readonly SamlIssuer[]> {
  // Loaded late: judging a token must not pay for the XML parser.
  const reader = await import("./read/saml-metadata.ts");
  return await reader.readFederationMetadata(xml);
}
