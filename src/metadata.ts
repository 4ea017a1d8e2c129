/** What a SAML metadata document says about its identity provider. */
export interface SamlIssuer {
  /** The entity id. */
  readonly issuer: string;
  /** Certificates of its signing keys, as PEM. */
  readonly certificates: readonly string[];
}

/**
 * Reads issuer and signing certificates from SAML metadata; its own signature is not checked.
 *
 * @param xml the metadata document
 * @returns undefined when it describes no identity provider
 */
export async function readSamlMetadata(xml: string): Promise<SamlIssuer | undefined> {
  // Loaded late: judging a token must not pay for the XML parser.
  const reader = await import("./read/saml-metadata.ts");
  return reader.readSamlMetadata(xml);
}
