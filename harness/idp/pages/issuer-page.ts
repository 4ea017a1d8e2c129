import { escapeHtml } from "./html.ts";
import { renderLayout } from "./layout.ts";

/**
 * The page at the address that is the issuer's name in OpenID Connect: programs read the documents behind it.
 *
 * @param issuer as tokens name it
 */
export function renderIssuer(issuer: string): string {
  const documents = {
    Discovery: `${issuer}/.well-known/openid-configuration`,
    Keys: `${issuer}/jwks`,
  };
  const rows = Object.entries(documents).map(
    ([name, url]) => `<dt>${name}</dt><dd><a href="${escapeHtml(url)}">${escapeHtml(url)}</a></dd>`,
  );
  return renderLayout(
    "OpenID Connect issuer",
    `<p>Set your app to trust this issuer: <code>${escapeHtml(issuer)}</code></p><dl>${rows.join("")}</dl>`,
  );
}
