import { type Apache, startApache } from "../apache/apache.ts";
import { portalPages } from "../apache/pages.ts";

/** Where a portal is and which issuer it trusts. */
export interface PortalSettings {
  readonly port: number;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A day: longer than any access token lives, so that each visit renews it. */
const ALWAYS_SECONDS = 86_400;

function directives({ port, issuer, clientId, clientSecret }: PortalSettings): string {
  return `
OIDCProviderMetadataURL ${issuer}/.well-known/openid-configuration
OIDCClientID ${clientId}
OIDCClientSecret ${clientSecret}
OIDCRedirectURI http://127.0.0.1:${port}/callback
OIDCCryptoPassphrase 0123456789abcdef0123456789abcdef
OIDCScope "openid email offline_access"
OIDCAuthRequestParams max_age=3600
OIDCPKCEMethod S256
OIDCIDTokenSignedResponseAlg RS256
OIDCRemoteUserClaim email
OIDCPassUserInfoAs claims json
<Location />
  AuthType openid-connect
  Require claim amr:mfa
  ErrorDocument 401 /denied.shtml
</Location>
<Location /renew.shtml>
  OIDCRefreshAccessTokenBeforeExpiry ${ALWAYS_SECONDS}
</Location>
<Location /me.shtml>
  OIDCUnAuthAction 401
  Require valid-user
</Location>
<LocationMatch "^/(denied.shtml|public.html)$">
  AuthType None
  Require all granted
</LocationMatch>`;
}

/** A portal behind mod_auth_openidc, which demands `mfa` in `amr`. */
export async function startModAuthOpenidc(settings: PortalSettings): Promise<Apache> {
  const pages = portalPages(
    { session: "OIDC_CLAIM_iss", user: "REMOTE_USER" },
    { session: "REDIRECT_OIDC_CLAIM_iss", user: "REDIRECT_REMOTE_USER" },
  );
  // What UserInfo says is for show.
  const portal = `${pages["portal.shtml"] ?? ""}<p>Known of you: <!--#echo var="OIDC_userinfo_json" --></p>`;
  return await startApache({
    port: settings.port,
    directives: () => directives(settings),
    pages: { ...pages, "portal.shtml": portal, "renew.shtml": portal },
  });
}
