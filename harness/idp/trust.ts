import { eamIssuer } from "./eam/discovery.ts";
import type { IdpTrust } from "./mock-idp.ts";
import type { Realm } from "./realm.ts";
import { wsFedIssuer } from "./wsfed/metadata.ts";

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
