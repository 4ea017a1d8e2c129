import { deflateRawSync } from "node:zlib";
import { expect, test } from "vitest";
import { searchArtifacts } from "../../../src/find/find-artifacts.ts";
import * as saml from "../../support/signed-saml.ts";
import * as wsFed from "../../support/signed-wsfed.ts";
import { idClaims, rsaKey, signed } from "../support/tokens.ts";

const key = saml.rsaKey();
const ID = signed({ alg: "RS256", kid: "k" }, idClaims(), rsaKey("k"));
const XML = saml.signSaml(saml.sampleResponse(), "Assertion", key);
const OTHER = XML.replaceAll("_response-1", "_response-2");
const WSFED = wsFed.signToken(wsFed.answerAround(wsFed.sampleToken()), key);
const PRETTY = XML.replaceAll("><", ">\n  <");
const base64 = (text: string): string => Buffer.from(text).toString("base64");
const form = `SAMLResponse=${encodeURIComponent(base64(XML))}&RelayState=x`;
const wrap = (text: string, width: number): readonly string[] =>
  text.match(new RegExp(`.{1,${width}}`, "g")) ?? [];
const html = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const xml = (at: string, artifact = XML) => ({ kind: "saml-response", artifact, at });
const wsfed = (at: string) => ({ kind: "ws-fed-response", artifact: WSFED, at });
const id = (at: string) => ({ kind: "id-token", artifact: ID, at });

/** Inputs as people copy them out of logs, shells and mail. */
test.each([
  { name: "a response behind words", input: `12:00:00 DEBUG decoded: ${XML}`, found: [xml("")] },
  { name: "a response in a log", input: `start\nDEBUG decoded: ${XML}\nend`, found: [xml("line 2")] },
  { name: "a response behind an arrow", input: `got -> ${XML}`, found: [xml("")] },
  {
    name: "a declaration in front, which belongs to it",
    input: `got <?xml version="1.0"?>\n${XML}\nend`,
    found: [xml("line 1", `<?xml version="1.0"?>\n${XML}`)],
  },
  {
    name: "a pretty-printed response in a log",
    input: `start\nDEBUG decoded:\n${PRETTY}\nid_token: ${ID}\n`,
    found: [xml("line 3", PRETTY), id(`line ${4 + PRETTY.split("\n").length - 1}`)],
  },
  {
    name: "two responses in a log",
    input: `one ${XML}\ntwo ${OTHER}\n`,
    found: [xml("line 1"), xml("line 2", OTHER)],
  },
  { name: "two on one line", input: `one ${XML} two ${OTHER}`, found: [xml(""), xml("", OTHER)] },
  {
    name: "JSON of several lines behind a response",
    input: `got ${XML}\n{\n  "id_token": "${ID}"\n}\n`,
    found: [xml("line 1"), id("line 2 /id_token")],
  },
  { name: "a WS-Federation response in a log", input: `a\nwresult: ${WSFED}\n`, found: [wsfed("line 2")] },
  { name: "in a string of a program", input: `const xml = '${XML}';`, found: [xml("")] },
  { name: "escaped", input: html(XML), found: [xml("")] },
  { name: "escaped in a log", input: `start\nDEBUG ${html(XML)}\nend`, found: [xml("line 2")] },
  {
    name: "lines of JSON that hold it",
    input: `${JSON.stringify({ msg: `got ${XML}` })}\n${JSON.stringify({ id_token: ID })}\n`,
    found: [xml("line 1 /msg"), id("line 2 /id_token")],
  },
  {
    name: "a command that a browser copied for Windows",
    input: `curl ^"https://sp.example/acs^" ^\r\n  --data-raw ^"${form.replaceAll("%", "^%^").replaceAll("&", "^&")}^"\r\n`,
    found: [xml("line 2 SAMLResponse")],
  },
  { name: "base64 of base64", input: base64(base64(XML)), found: [xml("")] },
  {
    name: "quoted-printable mail",
    input: `Subject: token\n\n${wrap(ID, 75).join("=\n")}\n`,
    found: [id("line 3")],
  },
  {
    name: "a page that shows a token",
    input: `<html><body><pre>${ID}</pre></body></html>`,
    found: [id("pre")],
  },
  {
    name: "a page that shows a response",
    input: `<!DOCTYPE html><html><body><textarea>\n${html(XML)}\n</textarea></body></html>`,
    found: [xml("textarea")],
  },
  {
    name: "a page that shows base64",
    input: `<html><body><textarea rows=9>${base64(XML)}</textarea></body></html>`,
    found: [xml("textarea")],
  },
  { name: "quoted-printable alone", input: wrap(ID, 75).join("=\r\n"), found: [id("")] },
])("$name", ({ input, found }) => {
  expect(searchArtifacts(input).artifacts).toEqual(found);
});

const SOAP = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${XML}</s:Body></s:Envelope>`;

/** Taken out of what is around it, such a response would not be what was sent. */
test.each([
  { name: "a response inside SOAP", input: SOAP },
  { name: "a response inside SOAP in an answer", input: `HTTP/1.1 200 OK\n\n${SOAP}` },
  { name: "a response in another element in a log", input: `got <a>${XML}</a>` },
  { name: "other XML of that name", input: "got <Response><ok/></Response>" },
  { name: "a response without its end, in a log", input: `got ${XML.slice(0, 900)}` },
])("$name is no artifact", ({ input }) => {
  expect(searchArtifacts(input).artifacts).toEqual([]);
});

test("what follows a message is not cut off it: whoever received both got no well-formed message", () => {
  expect(searchArtifacts(`${XML}\nend`).artifacts).toEqual([xml("", `${XML}\nend`)]);
});

test("a compressed request under its own name is called a request", () => {
  const request = `<p:AuthnRequest xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" ID="_${"0a1b2c3d4e5f".repeat(4)}"/>`;
  const value = deflateRawSync(request).toString("base64");
  const { passedOver } = searchArtifacts(`https://idp.example/sso?SAMLRequest=${encodeURIComponent(value)}`);
  expect(passedOver.map(({ message }) => message)).toEqual([expect.stringContaining("AuthnRequest")]);
});

// XML §4.3.3: every parser reads UTF-16, which begins with its mark.
const DECLARED = `<?xml version="1.0" encoding="utf-16"?>${XML}`;
test.each([
  { name: "little endian", bytes: Buffer.from(`\uFEFF${DECLARED}`, "utf16le") },
  { name: "big endian", bytes: Buffer.from(`\uFEFF${DECLARED}`, "utf16le").swap16() },
])("XML that says to be in UTF-16 is handed on as bytes: $name", ({ bytes }) => {
  expect(searchArtifacts(bytes).artifacts).toEqual([{ kind: "saml-response", artifact: bytes, at: "" }]);
});

test("a text full of openings takes no time that grows with its square", () => {
  const openings = Array.from({ length: 40_000 }, (_, index) => `<p${index % 40}:Response x`).join(" ");
  expect(searchArtifacts(`a ${openings}</p0:Response>`).artifacts).toEqual([]);
  expect(searchArtifacts(`a ${"<Response>".repeat(40_000)}</Response>`).artifacts).toEqual([]);
});
