import { expect, test } from "vitest";
import { findArtifacts } from "../../../src/find/find-artifacts.ts";

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const token = (claims: object, header: object = { alg: "RS256" }): string =>
  `${part(header)}.${part(claims)}.c2lnbmF0dXJl`;

const ID = token({ sub: "a", amr: ["mfa"] });
const UNSIGNED = token({ sub: "c" }, { alg: "none" });
const ID2 = token({ sub: "b" });
const ACCESS = token({ scp: "user_impersonation", ver: "1.0" });
const EAM = token({ acr: "possessionorinherence", amr: ["otp"] });
const EITHER = ["eam-token", "id-token"];
const SAML = `<?xml version="1.0"?><!-- c --><samlp:Response xmlns:samlp="urn:p" Destination="https://sp/ü">${"x ".repeat(90)}</samlp:Response>`;
const WSFED = '<t:RequestSecurityTokenResponse xmlns:t="urn:t">a &amp; b</t:RequestSecurityTokenResponse>';
const COLLECTION = `<t:RequestSecurityTokenResponseCollection xmlns:t="urn:t">${WSFED}</t:RequestSecurityTokenResponseCollection>`;
const DOCTYPED = `<!DOCTYPE r [<!ENTITY e "]>"><!-- > -->]>${SAML}`;
const REQUEST = '<samlp:AuthnRequest xmlns:samlp="urn:p" ID="_1"></samlp:AuthnRequest>';
const base64 = (text: string): string => Buffer.from(text).toString("base64");
const wrap = (text: string, width: number): string => text.replace(new RegExp(`.{${width}}`, "g"), "$&\r\n");
const uri = encodeURIComponent;
const escapeHtml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&#x22;");

const har = {
  log: {
    version: "1.2",
    entries: [
      {
        request: {
          method: "POST",
          url: `https://sp.example/acs?id_token_hint=${ID2}`,
          headers: [{ name: "Authorization", value: `Bearer ${ACCESS}` }],
          cookies: [{ name: "session", value: ID2 }],
          postData: {
            mimeType: "application/x-www-form-urlencoded",
            text: `SAMLResponse=${uri(base64(SAML))}&RelayState=1`,
            params: [{ name: "SAMLResponse", value: uri(base64(SAML)) }],
          },
        },
        response: {
          redirectURL: `https://rp.example/cb#id_token=${ID}&state=1`,
          content: {
            encoding: "base64",
            text: base64(JSON.stringify({ refresh_token: ID2, id_token: EAM })),
          },
        },
      },
    ],
  },
};
// As SAMLTraceIO.js of SAML-tracer 1.x writes it.
const trace = {
  requests: [
    {
      method: "POST",
      url: "https://sp.example/acs",
      postData: { SAMLResponse: [base64(SAML)], RelayState: ["x"] },
      post: [
        ["SAMLResponse", base64(SAML)],
        ["RelayState", "x"],
      ],
      protocol: "SAML-P",
      saml: SAML,
    },
    { method: "GET", url: "https://idp.example", get: [["SAMLRequest", base64(REQUEST)]], saml: REQUEST },
    {
      method: "POST",
      url: "https://sp2.example",
      post: [["wresult", WSFED]],
      protocol: "WS-Fed",
      saml: WSFED,
    },
  ],
  timestamp: "2026-01-01T00:00:00.000Z",
};
const page = `<!DOCTYPE html><html><body><form method="post"><INPUT type=hidden value='${escapeHtml(WSFED)}' name="wresult"/>
  <input name="wctx" value="a"><input name="SAMLResponse" type="hidden" value="${base64(SAML)}"></form>`;

const id = (artifact: string, at: string) => ({ kind: "id-token", artifact, at });
const access = (artifact: string, at: string) => ({ kind: "access-token", artifact, at });
const eam = (artifact: string, at: string) => ({ kind: "eam-token", artifact, at });
const saml = (at: string, artifact = SAML) => ({ kind: "saml-response", artifact, at });
const wsfed = (at: string) => ({ kind: "ws-fed-response", artifact: WSFED, at });

const entry = "/log/entries/0";

test.each([
  { name: "an ID token", text: `\uFEFF ${ID}\n`, found: [id(ID, "")] },
  { name: "an access token by its claims", text: ACCESS, found: [access(ACCESS, "")] },
  {
    name: "a token short of a segment",
    text: ID.replace(/\.[^.]*$/, ""),
    found: [id(ID.replace(/\.[^.]*$/, ""), "")],
  },
  { name: "a token over by segments", text: `${ID}.x.y.z`, found: [id(`${ID}.x.y.z`, "")] },
  { name: "a padded token", text: ID.replace(".", "=."), found: [id(ID.replace(".", "=."), "")] },
  { name: "a wrapped token", text: wrap(ID, 31), found: [id(ID, "")] },
  {
    name: "a token wrapped before its claims",
    text: wrap(UNSIGNED, UNSIGNED.indexOf(".") + 1),
    found: [id(UNSIGNED, "")],
  },
  { name: "a response", text: SAML, found: [saml("")] },
  { name: "a response as base64", text: base64(SAML), found: [saml("")] },
  { name: "a response as base64url", text: Buffer.from(SAML).toString("base64url"), found: [saml("")] },
  { name: "a response as base64, 76 columns", text: wrap(base64(SAML), 76), found: [saml("")] },
  {
    name: "a response as base64, 64 columns, indented",
    text: wrap(base64(SAML), 64).replaceAll("\n", "\n  "),
    found: [saml("")],
  },
  {
    name: "a response with a DOCTYPE",
    text: DOCTYPED,
    found: [saml("", DOCTYPED)],
  },
  { name: "XML that is nothing known", text: REQUEST, found: [] },
  { name: "a WS-Federation response", text: WSFED, found: [wsfed("")] },
  ...['<?xml version="1.0"?>', "<!-- <Response> -->", "<?p <Response> ?>\n<!-- -->\n"].map((prolog) => ({
    name: `a WS-Federation response behind ${prolog}`,
    text: `${prolog}${WSFED}`,
    found: [{ ...wsfed(""), artifact: `${prolog}${WSFED}` }],
  })),
  // WS-Trust 1.3 §4.3: a collection holds the answer.
  { name: "a WS-Federation collection", text: COLLECTION, found: [{ ...wsfed(""), artifact: COLLECTION }] },
  {
    name: "a form body",
    text: `RelayState=%2F&SAMLResponse=${uri(base64(SAML))}`,
    found: [saml("SAMLResponse")],
  },
  {
    name: "a form body, nothing escaped",
    text: `SAMLResponse=${base64(SAML)}&a=b`,
    found: [saml("SAMLResponse")],
  },
  {
    name: "a form body with XML",
    text: `wa=wsignin1.0&wresult=${uri(WSFED).replaceAll("%20", "+")}`,
    found: [wsfed("wresult")],
  },
  {
    name: "a URL with fragment",
    text: `https://rp/cb?x=1#access_token=${ACCESS}&id_token=${ID}`,
    found: [access(ACCESS, "access_token"), id(ID, "id_token")],
  },
  { name: "a fragment", text: `#id_token=${ID}`, found: [id(ID, "id_token")] },
  {
    name: "a URL in a URL",
    text: `https://x/?to=${uri(`https://rp/cb#id_token=${ID}`)}`,
    found: [id(ID, "to id_token")],
  },
  {
    name: "a token endpoint's answer",
    text: JSON.stringify({ token_type: "Bearer", access_token: ACCESS, id_token: ID, refresh_token: ID2 }),
    found: [access(ACCESS, "/access_token"), id(ID, "/id_token")],
  },
  {
    name: "an opaque access token beside",
    text: JSON.stringify({ access_token: "x".repeat(40), id_token: ID }),
    found: [id(ID, "/id_token")],
  },
  {
    name: "a token in camel case",
    text: JSON.stringify({ accessToken: ID }),
    found: [access(ID, "/accessToken")],
  },
  { name: "a list in JSON", text: JSON.stringify([ID, ID2, ID]), found: [id(ID, "/0"), id(ID2, "/1")] },
  { name: "a list of two in JSON", text: JSON.stringify([ID, ID2]), found: [id(ID, "/0"), id(ID2, "/1")] },
  {
    name: "one on each line",
    text: `${ID}\n\n${base64(SAML)}\r\n${WSFED}\n${ID}`,
    found: [id(ID, "line 1"), saml("line 3"), wsfed("line 4")],
  },
  {
    name: "base64 on each line, without padding",
    text: `${base64(`${WSFED} `.slice(0, 87))}\n${base64(SAML)}`,
    found: [{ ...wsfed("line 1"), artifact: `${WSFED} `.slice(0, 87) }, saml("line 2")],
  },
  {
    name: "JSON on each line",
    text: `${JSON.stringify({ id_token: ID })}\n${JSON.stringify({ id_token: ID2 })}`,
    found: [id(ID, "line 1 /id_token"), id(ID2, "line 2 /id_token")],
  },
  {
    name: "a log",
    text: `GET / HTTP/1.1\nAuthorization: Bearer ${ACCESS}\n12:00 token="${ID}";`,
    found: [access(ACCESS, "line 2"), id(ID, "line 3")],
  },
  {
    name: "a HAR file",
    text: JSON.stringify(har, undefined, 2),
    found: [
      access(ACCESS, `${entry}/request/headers/0/value`),
      saml(`${entry}/request/postData/text SAMLResponse`),
      id(ID, `${entry}/response/redirectURL id_token`),
      { ...eam(EAM, `${entry}/response/content/text /id_token`), kinds: EITHER },
    ],
  },
  {
    name: "a SAML-tracer export",
    text: JSON.stringify(trace, undefined, 2),
    found: [saml("/requests/0/postData/SAMLResponse/0"), wsfed("/requests/2/post/0/1")],
  },
  { name: "a page that posts forms", text: page, found: [wsfed("wresult"), saml("SAMLResponse")] },
  {
    name: "a response with a DOCTYPE on a line of its own",
    text: `${ID}\n${DOCTYPED}`,
    found: [id(ID, "line 1"), saml("line 2", DOCTYPED)],
  },
  { name: "prose", text: "no token here, only www.example.com and a.b.c", found: [] },
  { name: "a name of many labels", text: "signin.portal.partner.example.com", found: [] },
  { name: "nothing", text: "", found: [] },
  { name: "JSON without a token", text: '{"id_token":null,"x":[1,{}]}', found: [] },
  { name: "a hint", text: `https://idp/authorize?id_token_hint=${ID}&client_assertion=${ID2}`, found: [] },
  { name: "a page without a form", text: "<html><p>hello</p></html>", found: [] },
])("$name", ({ text, found }) => {
  expect(findArtifacts(text)).toEqual(found);
});

// The names by which people paste tokens, however they are spelt.
test.each([
  "token",
  "tokens",
  "jwt",
  "jwts",
  "artifact",
  "artifacts",
  "authorization",
  "ID-Token",
  "id_token",
  "idToken",
])("a token under the name %s is found", (name) => {
  expect(findArtifacts(JSON.stringify({ [name]: [ID] }))).toEqual([id(ID, `/${name}/0`)]);
});

test.each(["id_token_hint", "client_assertion", "refresh_token", "SAMLResponse", "wresult", "session"])(
  "a token under the name %s is not",
  (name) => {
    expect(findArtifacts(JSON.stringify({ [name]: ID }))).toEqual([]);
    expect(findArtifacts(JSON.stringify([[name, ID]]))).toEqual([]);
  },
);

test.each(["SAMLResponse", "wresult", "SAMLRequest"])("XML of another root under the name %s", (name) => {
  expect(findArtifacts(JSON.stringify({ [name]: REQUEST }))).toEqual([]);
});

test.each([
  { name: "JSON, 60 levels", text: `${"[".repeat(60)}"${ID}"${"]".repeat(60)}`, count: 1 },
  { name: "JSON, 70 levels", text: `${"[".repeat(70)}"${ID}"${"]".repeat(70)}`, count: 0 },
  { name: "JSON in JSON, 6 times", text: nested(6), count: 1 },
  { name: "JSON in JSON, 12 times", text: nested(12), count: 0 },
])("$name: $count", ({ text, count }) => {
  expect(findArtifacts(text)).toHaveLength(count);
});

function nested(times: number): string {
  return Array.from({ length: times }).reduce<string>((text) => JSON.stringify([text]), ID);
}

test("XML that is not UTF-8 is handed on as bytes", () => {
  const bytes = Buffer.from(SAML, "latin1");
  expect(findArtifacts(bytes.toString("base64"))).toEqual([
    { kind: "saml-response", artifact: new Uint8Array(bytes), at: "" },
  ]);
});
