import { escapeHtml } from "./html.ts";
import { renderLayout } from "./layout.ts";

/**
 * The page at `/` of each issuer: what it is, and the URLs that a partner app needs.
 *
 * @param base where the issuer lives, no slash at the end
 */
export function renderIndex(base: string): string {
  const root = base.replace(/\/fault\/[^/]+$/, "");
  const places = {
    "OpenID Connect issuer": `${base}/oidc`,
    Discovery: `${base}/oidc/.well-known/openid-configuration`,
    "SAML 2.0 metadata": `${base}/saml/metadata`,
    "WS-Federation metadata": `${base}/wsfed/metadata`,
    "External method (EAM)": `${base}/eam/.well-known/openid-configuration`,
    "Fault issuers": `${root}/fault`,
    Health: `${root}/_harness/health`,
  };
  const rows = Object.entries(places).map(
    ([name, url]) =>
      `<dt>${escapeHtml(name)}</dt><dd><a href="${escapeHtml(url)}">${escapeHtml(url)}</a></dd>`,
  );
  return renderLayout(
    "mfa-harness: mock identity provider",
    `<p>Says what a scenario wants said: with MFA evidence, without, or with one mistake.</p><dl>${rows.join("")}</dl>`,
  );
}
