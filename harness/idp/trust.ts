import { eamIssuer } from "./eam/discovery.ts";
import type { PublishedKeys } from "./published-keys.ts";
import type { Realm } from "./realm.ts";
import { wsFedIssuer } from "./wsfed/metadata.ts";

/**
 * What a reader needs to trust this IdP. The keys are those made so far, with which everything verifies that was signed
 * until now: another one is made, and is among them from then on, when something is to be signed with it or a JWK Set is
 * fetched. So read them when they are needed, rather than once.
 */
export interface IdpTrust {
  readonly oidcIssuer: string;
  readonly jwks: PublishedKeys;
  readonly samlEntityId: string;
  /** PEM; the certificate of the WS-Federation side too. */
  readonly samlCertificate: string;
  readonly wsFedIssuer: string;
  readonly eamIssuer: string;
  readonly eamJwks: PublishedKeys;
}

/** What a reader needs to trust an IdP now: keys that were rotated meanwhile are among what it shows. */
export async function trustIn({ parts, oidc, saml, eam }: Realm): Promise<IdpTrust> {
  const base = parts.base();
  const { published, ec, ed } = parts.keys;
  const [certificate] = await Promise.all([saml.credentials.certificate(), published(), ec(), ed()]);
  return {
    oidcIssuer: `${base}/oidc`,
    get jwks() {
      return oidc.keySet.soFar();
    },
    samlEntityId: `${base}/saml/metadata`,
    get samlCertificate() {
      return saml.credentials.certificateSoFar() ?? certificate;
    },
    wsFedIssuer: wsFedIssuer(base),
    eamIssuer: eamIssuer(base),
    get eamJwks() {
      return eam.keySet.soFar();
    },
  };
}
