import { deflateRawSync } from "node:zlib";
import { parse } from "node-html-parser";
import type { MockIdp } from "../../harness/idp/mock-idp.ts";
import { startIdp } from "../../harness/idp/start-idp.ts";

/** An address that nobody registered. */
export const EVIL = "https://evil.example/";

/** Where the relying party of the mock IdP takes its answers; nothing listens there. */
export const CALLBACK = "http://127.0.0.1:9/callback";

/** A mock IdP that knows one relying party, `portal`. */
export async function startHostile(): Promise<MockIdp> {
  const redirectUris = [CALLBACK];
  const portal = { clientId: "portal", clientSecret: "secret", redirectUris };
  return await startIdp({ relyingParties: [{ ...portal, postLogoutRedirectUris: redirectUris }] });
}

/** An address of every kind that the mock IdP serves, and of some that it does not. */
export const ROUTES = [
  "/",
  "/oidc/.well-known/openid-configuration",
  "/oidc/jwks",
  "/oidc/auth",
  "/oidc/token",
  "/oidc/me",
  "/oidc/device/auth",
  "/oidc/device",
  "/oidc/session/end",
  "/oidc/session/end/confirm",
  "/oidc/sign-in/no-such-interaction",
  "/saml/metadata",
  "/saml/sso",
  "/saml/slo",
  "/saml/sign-in",
  "/saml/idp-initiated",
  "/saml/idp-logout",
  "/wsfed",
  "/wsfed/metadata",
  "/wsfed/sign-in",
  "/eam/.well-known/openid-configuration",
  "/eam/jwks",
  "/eam/authorize",
  "/eam/sign-in",
  "/_harness/health",
  "/_harness/emission",
  "/_harness/journal",
  "/_harness/catalogue",
  "/_harness/openapi.json",
  "/keys/published/jwks.json",
  "/keys/stranger/certificate.pem",
  "/fault",
  "/fault/id-token-amr-missing/oidc/auth",
  "/fault/no-such-scenario/oidc/auth",
];

/** Parameters of every protocol. */
export const NAMES = [
  ..."client_id redirect_uri response_type response_mode scope state nonce prompt acr_values login_hint".split(
    " ",
  ),
  ..."id_token_hint claims max_age ui_locales post_logout_redirect_uri user_code request request_uri".split(
    " ",
  ),
  ..."SAMLRequest SAMLResponse SAMLart RelayState SigAlg Signature sp wa wtrealm wctx wreply whr wauth wfresh wp".split(
    " ",
  ),
  ..."user emission action step factor find found code password id severity channel".split(" "),
];

/** What an attacker writes into a parameter, so that a page runs it, or an answer goes elsewhere. */
export const PROBES: Readonly<Record<string, string>> = {
  element: `"'><img src=x onerror=probe()></script><script>probe()</script>`,
  attribute: `" onmouseover="probe()" x='`,
  scheme: "javascript:probe()",
  address: EVIL,
  "address without a scheme": "//evil.example/",
  "line break": "a\r\nx-injected: 1\r\n\r\n<img src=x>",
  "no character": "a\u0000b\ufffe\u202e",
  long: "A".repeat(12_000),
  prototype: "__proto__",
  template: "${7*7}{{7*7}}<%= 7*7 %>",
};

/** One answer, read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Asks the IdP and follows no redirect. */
export async function ask(idp: MockIdp, path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(`${idp.origin}${path}`, { redirect: "manual", ...init });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const RUNS = /probe\(\)/;
const LEADS_AWAY = /^\s*(javascript:|(https?:)?\/\/evil\.)/i;

function isInjected(name: string, value: string): boolean {
  if (/^on/i.test(name)) return RUNS.test(value);
  return /^(href|src|action|formaction|content)$/i.test(name) && LEADS_AWAY.test(value);
}

/** What came into a page with a probe: elements, handlers, addresses that run or lead away. */
function injected(html: string): readonly string[] {
  const root = parse(html);
  const scripts = root.querySelectorAll("script").filter(({ text }) => RUNS.test(text));
  const elements = [...scripts, ...root.querySelectorAll("img")].map(({ tagName }) => tagName);
  const attributes = root.querySelectorAll("*").flatMap((element) =>
    Object.entries(element.attributes)
      .filter(([name, value]) => isInjected(name, value))
      .map(([name]) => `${element.tagName}@${name}`),
  );
  return [...elements, ...attributes];
}

/** What is amiss with an answer; nothing for a good refusal. */
export function amiss({ status, headers, text }: Answer): readonly string[] {
  const isPage = headers.get("content-type")?.startsWith("text/html") === true;
  return [
    ...(status >= 500 ? [`status ${status}: ${text.slice(0, 2000)}`] : []),
    ...(/^\s+at .+:\d+:\d+|node_modules|node:internal/m.test(text)
      ? [`a stack trace: ${text.slice(0, 300)}`]
      : []),
    ...(headers.has("x-injected") ? ["an injected header"] : []),
    ...(/^(https?:)?\/\/evil\.|^javascript:/i.test(headers.get("location") ?? "")
      ? ["an open redirect"]
      : []),
    ...(isPage ? injected(text) : []),
  ];
}

/** A redirect's SAMLRequest of a service provider on this machine that says this of itself. */
export function authnRequest(probe: string): string {
  const text = probe.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
  const xml =
    `<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ` +
    `ID="_hostile" Version="2.0" IssueInstant="${new Date().toISOString()}" ProviderName="${text}" ` +
    `AssertionConsumerServiceURL="http://127.0.0.1:9/acs"><saml:Issuer>${text}</saml:Issuer>` +
    `<samlp:RequestedAuthnContext><saml:AuthnContextClassRef>${text}</saml:AuthnContextClassRef></samlp:RequestedAuthnContext>` +
    `</samlp:AuthnRequest>`;
  return encodeURIComponent(deflateRawSync(xml).toString("base64"));
}
