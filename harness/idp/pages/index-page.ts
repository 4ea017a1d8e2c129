import { escapeHtml } from "./html.ts";
import { renderLayout } from "./layout.ts";

/** The page at `/`: what this server is, and the URLs that a partner app needs. */
export function renderIndex(origin: string): string {
  const places = {
    "OpenID Connect issuer": `${origin}/oidc`,
    Discovery: `${origin}/oidc/.well-known/openid-configuration`,
    "SAML 2.0 metadata": `${origin}/saml/metadata`,
    "WS-Federation metadata": `${origin}/wsfed/metadata`,
    "External authentication method": `${origin}/eam/.well-known/openid-configuration`,
    Health: `${origin}/_harness/health`,
  };
  const rows = Object.entries(places).map(
    ([name, url]) =>
      `<dt>${escapeHtml(name)}</dt><dd><a href="${escapeHtml(url)}">${escapeHtml(url)}</a></dd>`,
  );
  return renderLayout(
    "mfa-harness: mock identity provider",
    `<p>Signs anyone in, with or without MFA evidence. For tests only.</p><dl>${rows.join("")}</dl>`,
  );
}
