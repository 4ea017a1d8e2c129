import { deflateRawSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { findArtifacts, searchArtifacts } from "../../../src/find/find-artifacts.ts";
import * as saml from "../../support/signed-saml.ts";
import { accessClaims, idClaims, rsaKey, signed } from "../support/tokens.ts";

const key = rsaKey("k");
const ID = signed({ alg: "RS256", kid: "k", typ: "JWT" }, idClaims(), key);
const ACCESS = signed({ alg: "RS256", kid: "k", typ: "JWT" }, accessClaims(), key);
const XML = saml.signSaml(saml.sampleResponse(), "Assertion", saml.rsaKey());
const WSFED =
  '<t:RequestSecurityTokenResponse xmlns:t="http://schemas.xmlsoap.org/ws/2005/02/trust">€</t:RequestSecurityTokenResponse>';
const base64 = (text: string | Uint8Array): string => Buffer.from(text).toString("base64");
const uri = encodeURIComponent;
const utf16 = (text: string): Buffer => Buffer.from(`\uFEFF${text}`, "utf16le");
const bigEndian = (text: string): Buffer => utf16(text).swap16();
const wrap = (text: string, width: number): readonly string[] =>
  text.match(new RegExp(`.{1,${width}}`, "g")) ?? [];
const DEFLATED = base64(deflateRawSync(XML));

/** `Format-List` of a shell that is `width` columns wide. */
function formatList(members: Readonly<Record<string, string>>, width: number): string {
  const name = Math.max(...Object.keys(members).map(({ length }) => length));
  return Object.entries(members)
    .map(([key, value]) => {
      const lines = wrap(value, width - name - 3);
      return lines.map(
        (line, index) => `${(index === 0 ? key : "").padEnd(name)} ${index === 0 ? ":" : " "} ${line}`,
      );
    })
    .flat()
    .join("\r\n");
}

const MSAL = {
  AccessToken: {
    "uid.utid-login.windows.net-accesstoken-client-tenant-scope": {
      home_account_id: "uid.utid",
      credential_type: "AccessToken",
      secret: ACCESS,
      target: "user_impersonation openid profile",
    },
  },
  IdToken: {
    "uid.utid-login.windows.net-idtoken-client-tenant-": { credential_type: "IdToken", secret: ID },
  },
  RefreshToken: {
    "uid.utid-login.windows.net-refreshtoken-client--": {
      credential_type: "RefreshToken",
      secret: `0.${"A1b".repeat(90)}`,
    },
  },
};

const CURL = `* Connected to api.example (10.0.0.1) port 443
> GET /v1/customers HTTP/2
> Host: api.example
> Authorization: Bearer ${ACCESS}
> Cookie: session=${ID}
>
< HTTP/2 200
< content-type: application/json
{
  "token_type": "Bearer",
  "id_token": "${ID}"
}`;

const request = `POST /acs HTTP/1.1\r\nHost: sp.example\r\n\r\nRelayState=x&SAMLResponse=${uri(base64(XML))}`;
const page = `<!DOCTYPE html><html><body><form><input name="wresult" value="${WSFED.replaceAll("<", "&lt;").replaceAll('"', "&quot;")}"></form></body></html>`;
const response = Buffer.concat([
  Buffer.from("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"),
  gzipSync(page),
]);
const BURP = `<?xml version="1.0"?>
<!DOCTYPE items [
<!ELEMENT items (item*)>
<!ATTLIST items burpVersion CDATA "">
]>
<items burpVersion="2026.1">
  <item>
    <url><![CDATA[https://sp.example/acs]]></url>
    <request base64="true"><![CDATA[${base64(request)}]]></request>
    <response base64="true"><![CDATA[${base64(response)}]]></response>
  </item>
</items>`;

const id = (at: string) => ({ kind: "id-token", artifact: ID, at });
const access = (at: string) => ({ kind: "access-token", artifact: ACCESS, at });
const response2 = (at: string) => ({ kind: "saml-response", artifact: XML, at });
const redirected = (at: string) => ({
  kind: "saml-response",
  artifact: { binding: "redirect", xml: XML },
  at,
});

test.each([
  {
    name: "UTF-16 LE with its mark, as Windows PowerShell writes",
    input: utf16(`${ID}\r\n`),
    found: [id("")],
  },
  { name: "UTF-16 BE with its mark", input: bigEndian(ID), found: [id("")] },
  { name: "UTF-16 LE without a mark", input: Buffer.from(ID, "utf16le"), found: [id("")] },
  { name: "UTF-16 BE without a mark", input: Buffer.from(ID, "utf16le").swap16(), found: [id("")] },
  { name: "UTF-8 with its mark", input: Buffer.from(`\uFEFF${ID}`), found: [id("")] },
  { name: "XML in UTF-16", input: utf16(XML), found: [response2("")] },
  {
    name: "base64 of UTF-16",
    input: base64(Buffer.from(JSON.stringify({ id_token: ID }), "utf16le")),
    found: [id("/id_token")],
  },
  {
    name: "a log in Windows-1252",
    input: Buffer.from(`Grüße\nid_token=${ID}\n`, "latin1"),
    found: [id("line 2 id_token")],
  },
  { name: "a file in gzip", input: gzipSync(JSON.stringify({ id_token: ID })), found: [id("/id_token")] },
  {
    name: "a cache of MSAL",
    input: JSON.stringify(MSAL, undefined, 2),
    found: [
      access("/AccessToken/uid.utid-login.windows.net-accesstoken-client-tenant-scope/secret"),
      id("/IdToken/uid.utid-login.windows.net-idtoken-client-tenant-/secret"),
    ],
  },
  {
    name: "JSON in JSON",
    input: JSON.stringify({ body: JSON.stringify({ id_token: ID }) }),
    found: [id("/body /id_token")],
  },
  {
    name: "JSON in JSON in JSON in a log",
    input: `12:00 a\n${JSON.stringify({ message: JSON.stringify({ body: JSON.stringify({ id_token: ID }) }) })}`,
    found: [id("line 2 /message /body /id_token")],
  },
  { name: "a dump of curl -v", input: CURL, found: [access("line 4"), id("line 9 /id_token")] },
  {
    name: "a header in the message of a log record",
    input: JSON.stringify({ level: "debug", message: `Authorization: Bearer ${ACCESS}` }),
    found: [access("/message")],
  },
  {
    name: "an answer of the Azure CLI",
    input: JSON.stringify({ accessToken: ACCESS, expiresOn: "x", tenant: "t" }),
    found: [access("/accessToken")],
  },
  {
    name: "an answer of Get-AzAccessToken",
    input: JSON.stringify({ Token: ACCESS, Type: "Bearer" }),
    found: [access("/Token")],
  },
  ...[79, 120].map((width) => ({
    name: `Format-List, ${width} columns`,
    input: utf16(
      formatList({ Token: ACCESS, ExpiresOn: "30.11.2026 13:00:00 +00:00", Type: "Bearer" }, width),
    ),
    found: [access("line 1")],
  })),
  { name: "percent-encoded base64", input: uri(base64(XML)), found: [response2("")] },
  { name: "base64 that is percent-encoded twice", input: uri(uri(base64(XML))), found: [response2("")] },
  {
    name: "a parameter that is encoded twice",
    input: `SAMLResponse=${uri(uri(base64(XML)))}`,
    found: [response2("SAMLResponse")],
  },
  {
    name: "a whole form body, percent-encoded",
    input: uri(`RelayState=&SAMLResponse=${uri(base64(XML))}`),
    found: [response2("SAMLResponse")],
  },
  {
    name: "a response by Redirect",
    input: `https://sp.example/acs?SAMLResponse=${uri(DEFLATED)}&RelayState=1`,
    found: [redirected("SAMLResponse")],
  },
  { name: "the value alone of a response by Redirect", input: DEFLATED, found: [redirected("")] },
  {
    name: "an export of Burp Suite",
    input: BURP,
    found: [
      response2("request line 4 SAMLResponse"),
      { kind: "ws-fed-response", artifact: WSFED, at: "response body wresult" },
    ],
  },
  { name: "a raw request", input: request, found: [response2("line 4 SAMLResponse")] },
  {
    name: "an event with a body in base64",
    input: JSON.stringify({ isBase64Encoded: true, body: base64(`SAMLResponse=${uri(base64(XML))}`) }),
    found: [response2("/body SAMLResponse")],
  },
  { name: "a token in double quotes", input: `"${ID}"`, found: [id("")] },
  { name: "a token in single quotes", input: `'${ID}',\n`, found: [id("")] },
  {
    name: "a token broken in a quotation",
    input: wrap(ID, 72)
      .map((line) => `> ${line}`)
      .join("\n"),
    found: [id("line 1")],
  },
  {
    name: "a token broken by a terminal",
    input: wrap(`$ echo "${ID}"`, 80).join("\n"),
    found: [id("line 1")],
  },
  {
    name: "a token broken in JSON",
    input: wrap(`{"id_token": "${ID}"}`, 80).join("\n"),
    found: [id("line 1 /id_token")],
  },
  {
    name: "two tokens, each broken",
    input: `${wrap(ID, 64).join("\n")}\n\n${wrap(ACCESS, 64).join("\n")}\n`,
    found: [id("line 1"), access(`line ${wrap(ID, 64).length + 2}`)],
  },
  {
    name: "base64 of XML, broken in a log",
    input: `INFO got\nSAMLResponse: ${wrap(base64(XML), 100).join("\n")}\nINFO done`,
    found: [response2("line 2")],
  },
  { name: "a token and a word on the next line", input: `${ID}\ndone\n`, found: [id("line 1")] },
  {
    name: "a token under a name that nobody knows",
    input: JSON.stringify({ graphBearer: ID }),
    found: [id("/graphBearer")],
  },
])("$name", ({ input, found }) => {
  expect(findArtifacts(input)).toEqual(found);
  expect(searchArtifacts(input).unsearched).toEqual([]);
});
