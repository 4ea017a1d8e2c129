import { deflateRawSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
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

describe("what a tool has decoded", () => {
  const header = { alg: "RS256", typ: "JWT", kid: "k" };
  const claims = idClaims();
  const pretty = (value: object): string => JSON.stringify(value, undefined, 2);
  const decoded = (at: string, known = true) => [
    { kind: "id-token", artifact: { header: known ? header : {}, claims }, at },
  ];

  test.each([
    { name: "the payload alone", input: pretty(claims), found: decoded("", false) },
    { name: "the payload on one line", input: JSON.stringify(claims), found: decoded("", false) },
    {
      name: "header and payload in JSON",
      input: pretty({ header, payload: claims, signature: "x" }),
      found: decoded(""),
    },
    {
      name: "as jwt.ms shows it",
      input: `${pretty(header)}.${pretty(claims)}.[Signature]`,
      found: decoded("line 5"),
    },
    {
      name: "as jwt.ms shows it, on one line",
      input: `${JSON.stringify(header)}.${JSON.stringify(claims)}.[Signature]\nx`,
      found: decoded("line 1"),
    },
    {
      name: "under headings",
      input: `Token header\n------\n${pretty(header)}\n\nToken claims\n------\n${pretty(claims)}\n`,
      found: decoded("line 11"),
    },
    { name: "beside the token itself", input: pretty({ id_token: ID, claims }), found: [id("/id_token")] },
    { name: "the answer to an introspection", input: pretty({ active: true, ...claims }), found: [] },
    { name: "an assertion of a client", input: pretty({ ...claims, iss: "c", sub: "c" }), found: [] },
    { name: "user info", input: pretty({ sub: "x", name: "Kim", email: "kim@partner.example" }), found: [] },
  ])("$name", ({ input, found }) => {
    expect(findArtifacts(input)).toEqual(found);
  });
});

test.each([
  {
    name: "a SAML request",
    input: '<p:AuthnRequest xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol"/>',
    says: /AuthnRequest/,
  },
  {
    name: "a compressed SAML request",
    input: `SAMLRequest=${uri(base64(deflateRawSync(`<AuthnRequest>${"x".repeat(200)}</AuthnRequest>`)))}`,
    says: undefined,
  },
  { name: "a logout request", input: "<p:LogoutRequest/>", says: /logout/ },
  {
    name: "a logout response in a form",
    input: `SAMLResponse=${uri(base64("<p:LogoutResponse xmlns:p='urn:oasis:names:tc:SAML:2.0:protocol'/>"))}`,
    says: /logout/,
  },
  { name: "metadata", input: "<md:EntityDescriptor/>", says: /metadata/ },
  { name: "a SOAP fault", input: "<s:Envelope><s:Body><s:Fault/></s:Body></s:Envelope>", says: /SOAP/ },
  { name: "a feed", input: "<?xml version='1.0'?><rss version='2.0'><channel/></rss>", says: /"rss"/ },
  {
    name: "a page about an error",
    input: "<!DOCTYPE html><html><body>AADSTS50011</body></html>",
    says: undefined,
  },
  {
    name: "an assertion alone",
    input: XML.slice(XML.indexOf("<saml:Assertion"), XML.indexOf("</saml:Assertion>") + 17),
    says: /whole Response/,
  },
  {
    name: "an answer of another interface",
    input: "<Response><Say>Hello to all of you</Say></Response>",
    says: /"Response"/,
  },
  {
    name: "a SAML 1.1 response",
    input: '<Response xmlns="urn:oasis:names:tc:SAML:1.0:protocol"/>',
    says: /SAML 1\.1/,
  },
  {
    name: "a refresh token in JWT form",
    input: JSON.stringify({ refresh_token: ID }),
    says: /refresh_token/,
  },
  { name: "a DOCTYPE without an end", input: '<!DOCTYPE r [<!ENTITY e "', says: /without a root/ },
  {
    name: "YAML",
    input: "openapi: 3.1.0\ninfo:\n  title: an interface with a long title\n",
    says: undefined,
  },
  { name: "JSON", input: '{"name":"a configuration of something", "version": 1}', says: undefined },
])("$name is no artifact", ({ input, says }) => {
  const { artifacts, passedOver } = searchArtifacts(input);
  expect(artifacts).toEqual([]);
  if (says !== undefined) expect(passedOver[0]?.message).toMatch(says);
});

describe("a limit that is met is said", () => {
  const tokens = (count: number): string =>
    Array.from(
      { length: count },
      (_, index) => `${ID.slice(0, ID.lastIndexOf("."))}.${base64(String(index))}`,
    ).join("\n");

  test.each([
    { name: "a thousand artifacts", input: tokens(1000), found: 1000, says: [] },
    { name: "one more", input: tokens(1001), found: 1000, says: [/^follows on 1000 others/] },
    {
      name: "more than 128 Mi characters",
      input: " ".repeat(128 * 1024 * 1024 + 1),
      found: 0,
      says: [/128 Mi/],
    },
    {
      name: "JSON of 70 levels",
      input: `${"[".repeat(70)}"${ID}"${"]".repeat(70)}`,
      found: 0,
      says: [/levels deep/],
    },
    { name: "JSON in JSON, 12 times", input: nested(12), found: 0, says: [/wrapped more than 8 times/] },
    { name: "JSON in JSON, 8 times", input: nested(8), found: 1, says: [] },
  ])("$name", ({ input, found, says }) => {
    const { artifacts, unsearched } = searchArtifacts(input);
    expect(artifacts).toHaveLength(found);
    expect(unsearched.map(({ message }) => message)).toEqual(says.map((say) => expect.stringMatching(say)));
  });

  function nested(times: number): string {
    return Array.from({ length: times }).reduce<string>((text) => JSON.stringify([text]), ID);
  }
});
