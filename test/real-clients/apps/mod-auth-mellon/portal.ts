import { type PartnerKey, partnerMetadata } from "../../../harness/idp/saml/partner.ts";
import { type Apache, startApache } from "../apache/apache.ts";
import { portalPages } from "../apache/pages.ts";

/** Asks the IdP for MFA by its class, and demands that class of the answer. */
export const MFA_CLASS_DEMANDED = `MellonAuthnContextClassRef "http://schemas.microsoft.com/claims/multipleauthn"`;

const METHODS = "http://schemas.microsoft.com/claims/authnmethodsreferences";
const MFA = "http://schemas.microsoft.com/claims/multipleauthn";

/** Where a portal is, by which metadata it is known, and which IdP it trusts. */
export interface PortalSettings {
  readonly port: number;
  readonly key: PartnerKey;
  /** Its own metadata and those of the IdP. */
  readonly metadata: string;
  readonly idpMetadata: string;
  /** More directives for every page. */
  readonly more?: string;
}

/** The metadata of a portal that signs its requests; `keys` adds members, such as a key for encryption. */
export function mellonMetadata(origin: string, key: PartnerKey, keys: object = {}): string {
  return partnerMetadata({
    entityId: `${origin}/mellon/metadata`,
    acs: `${origin}/mellon/postResponse`,
    logout: [["HTTP-Redirect", `${origin}/mellon/logout`]],
    signing: key,
    signsRequests: true,
    ...keys,
  });
}

function directives(folder: string, more: string): string {
  return `
LoadModule auth_mellon_module /usr/lib/apache2/modules/mod_auth_mellon.so
<Location />
  MellonEnable info
  MellonEndpointPath /mellon
  MellonSPMetadataFile ${folder}/sp.xml
  MellonSPPrivateKeyFile ${folder}/sp.key
  MellonSPCertFile ${folder}/sp.crt
  MellonIdPMetadataFile ${folder}/idp.xml
  MellonSecureCookie Off
  MellonSignatureMethod rsa-sha256
  MellonSessionDump On
  ErrorDocument 403 /denied.shtml
  ${more}
</Location>
<Location /portal.shtml>
  MellonEnable auth
  AuthType Mellon
  Require valid-user
  MellonCond "${METHODS}" "${MFA}"
</Location>`;
}

/** A portal behind mod_auth_mellon, which demands MFA in the attribute. */
export async function startMellon(settings: PortalSettings): Promise<Apache> {
  const { port, key, metadata, idpMetadata, more = "" } = settings;
  return await startApache({
    port,
    directives: (folder) => directives(folder, more),
    pages: portalPages({ session: "MELLON_SESSION", user: "MELLON_NAME_ID" }),
    files: {
      "sp.xml": metadata,
      "sp.key": key.privatePem,
      "sp.crt": key.certificatePem,
      "idp.xml": idpMetadata,
    },
  });
}
