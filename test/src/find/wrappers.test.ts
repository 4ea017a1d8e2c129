import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { searchArtifacts } from "../../../src/index.ts";
import { idClaims, rsaKey, signed } from "../support/tokens.ts";

const key = rsaKey("k");
const ID = signed({ alg: "RS256", kid: "k" }, idClaims(), key);
const OTHER = signed({ alg: "RS256", kid: "k" }, idClaims({ sub: "bob" }), key);
const base64 = (value: string | Uint8Array): string => Buffer.from(value).toString("base64");
const found = (input: string | Uint8Array): readonly unknown[] =>
  searchArtifacts(input).artifacts.map(({ artifact }) => artifact);

const http = (head: string, content: Uint8Array): string =>
  base64(Buffer.concat([Buffer.from(head), content]));
const nameOf = (length: number): string => "n".repeat(length);
const block = (value: object): string => JSON.stringify(value, undefined, 2);

describe("XML around tokens", () => {
  test.each([
    { name: "an element", input: `<a><b>${ID}</b></a>`, tokens: [ID] },
    { name: "CDATA", input: `<a><b><![CDATA[${ID}]]></b></a>`, tokens: [ID] },
    { name: "CDATA with a bracket in it", input: `<a><![CDATA[<b> ] ]] ${ID} ]]></a>`, tokens: [ID] },
    { name: "text beside CDATA", input: `<a><![CDATA[x]]>${ID}</a>`, tokens: [ID] },
    { name: "references in text", input: `<a>${ID.replaceAll(".", "&#46;")}</a>`, tokens: [ID] },
    { name: "an attribute", input: `<a><add key="token" value="${ID}"/></a>`, tokens: [ID] },
    {
      name: "a comment, which is no content",
      input: `<a><!-- x > ${ID} --><b>${OTHER}</b></a>`,
      tokens: [OTHER],
    },
    {
      name: "an element called request, as of Burp Suite",
      input: `<i><request>${ID}</request></i>`,
      tokens: [ID],
    },
    {
      name: "one called response, beside one of an unknown name",
      input: `<i><response>${ID}</response><other>${OTHER}</other></i>`,
      tokens: [ID],
    },
    { name: "one called refresh_token", input: `<i><refresh_token>${ID}</refresh_token></i>`, tokens: [] },
  ])("$name", ({ input, tokens }) => {
    expect(found(input)).toEqual(tokens);
  });
});

test("what CDATA holds is taken without the end of it", () => {
  const xml = '<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"/>';
  expect(found(`<a><![CDATA[${xml}]]></a>`)).toEqual([xml]);
});

describe("a message of HTTP in base64, with a body that is no text", () => {
  const body = gzipSync(JSON.stringify({ id_token: ID }));
  test.each([
    {
      name: "line breaks of two characters",
      input: http("HTTP/1.1 200 OK\r\nA: b\r\n\r\n", body),
      tokens: [ID],
    },
    { name: "line breaks of one", input: http("HTTP/1.1 200 OK\nA: b\n\n", body), tokens: [ID] },
    {
      name: "a token in the head alone",
      input: http(`GET / HTTP/1.1\r\nAuthorization: Bearer ${ID}\r\n\r\n`, Uint8Array.of(0xff, 0xfe, 0xfd)),
      tokens: [ID],
    },
    {
      name: "no empty line: all of it is head",
      input: http(`GET / HTTP/1.1\r\nAuthorization: Bearer ${ID}\r\nX: `, Uint8Array.of(0xff)),
      tokens: [ID],
    },
    {
      name: "a body that only begins like gzip",
      input: http("HTTP/1.1 200 OK\n\n", body.subarray(0, 12)),
      tokens: [],
    },
  ])("$name", ({ input, tokens }) => {
    expect(found(input)).toEqual(tokens);
  });

  test("without an empty line all of it is head", () => {
    const input = http(`GET / HTTP/1.1\r\nAuthorization: Bearer ${ID}\r\nX: `, Uint8Array.of(0xff));
    expect(searchArtifacts(input).artifacts.map(({ at }) => at)).toEqual(["head line 2"]);
  });

  test("a body of more than 16 MiB is searched up to there, and that is said", () => {
    const long = gzipSync(
      Buffer.concat([Buffer.from(`{"id_token":"${ID}"}\n`), Buffer.alloc(17 << 20, 0x20)]),
    );
    const { artifacts, unsearched } = searchArtifacts(http("HTTP/1.1 200 OK\n\n", long));
    expect(artifacts.map(({ artifact }) => artifact)).toEqual([ID]);
    expect(unsearched.map(({ at }) => at)).toEqual(["body"]);
  });
});

describe("a form or a URL", () => {
  test.each([
    { name: "a name that is encoded", input: `a=1&id%5Ftoken=${ID}`, tokens: [ID] },
    { name: "a name of 64 letters", input: `a=1&${nameOf(64)}=${ID}`, tokens: [ID] },
    { name: "a name of 65, which is none", input: `a=1&${nameOf(65)}=${ID}`, tokens: [] },
    { name: "no name", input: `a=1&=${ID}`, tokens: [] },
    { name: "a query and a fragment", input: `https://rp/cb?x=1#id_token=${ID}`, tokens: [ID] },
    { name: "the request of a logout", input: `https://idp/out?id_token_hint=${ID}`, tokens: [] },
    { name: "what is not well encoded", input: `a=%zz&id_token=${ID}`, tokens: [ID] },
  ])("$name", ({ input, tokens }) => {
    expect(found(input)).toEqual(tokens);
  });
});

describe("JSON of several lines in a text", () => {
  const answer = block({ id_token: ID });
  test.each([
    {
      name: "with a quote and a bracket in a string",
      input: `x\n${block({ a: 'say "}"', id_token: ID })}\n`,
      tokens: [ID],
    },
    {
      name: "with a backslash at the end of a string",
      input: `x\n${block({ a: "C:\\", id_token: ID })}\n`,
      tokens: [ID],
    },
    {
      name: "two, with words between",
      input: `a\n${answer}\nb\n${block({ id_token: OTHER })}\nc`,
      tokens: [ID, OTHER],
    },
    { name: "behind brackets that nothing closes", input: `${"{\n".repeat(3)}\n${answer}`, tokens: [ID] },
    { name: "an array", input: `x\n${block([ID])}\n`, tokens: [ID] },
    { name: "indented", input: `x\n  ${answer}\ny`, tokens: [ID] },
  ])("$name", ({ input, tokens }) => {
    expect(found(input)).toEqual(tokens);
  });
});
