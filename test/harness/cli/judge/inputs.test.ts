import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { idClaims, NOW, rsaKey, signed } from "../../../src/support/tokens.ts";
import { mfaHarness, type Spoken } from "../../../support/command-line.ts";
import * as saml from "../../../support/signed-saml.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const key = rsaKey("k");
const sign = (claims: Readonly<Record<string, unknown>>): string =>
  signed({ alg: "RS256", kid: "k" }, claims, key);
const good = sign(idClaims());
const weak = sign(idClaims({ amr: ["pwd"] }));
const samlKey = saml.rsaKey();
const response = saml.signSaml(saml.sampleResponse(), "Assertion", samlKey);
const deflated = deflateRawSync(response).toString("base64");

/** Files as people have them, and the verdict on what is in them. */
const INPUTS: Readonly<Record<string, readonly [content: string | Buffer, verdict: string]>> = {
  "windows-powershell.txt": [Buffer.from(`\uFEFF${good}\r\n`, "utf16le"), "compliant"],
  "no-mark.txt": [Buffer.from(good, "utf16le"), "compliant"],
  "msal.json": [
    JSON.stringify({ IdToken: { x: { credential_type: "IdToken", secret: good } } }),
    "compliant",
  ],
  "json-in-json.log": [JSON.stringify({ message: JSON.stringify({ id_token: good }) }), "compliant"],
  "curl.txt": [`> GET / HTTP/1.1\n> Authorization: Bearer ${good}\n>\n`, "compliant"],
  "weak.txt": [`'${weak}'`, "non-compliant"],
  "percent.txt": [
    encodeURIComponent(encodeURIComponent(Buffer.from(response).toString("base64"))),
    "compliant",
  ],
  "redirect.txt": [`https://sp.example/acs?SAMLResponse=${encodeURIComponent(deflated)}`, "non-compliant"],
  "burp.xml": [
    `<?xml version="1.0"?><items><item><request base64="true"><![CDATA[${Buffer.from(`POST /acs HTTP/1.1\r\n\r\nSAMLResponse=${encodeURIComponent(Buffer.from(response).toString("base64"))}`).toString("base64")}]]></request></item></items>`,
    "compliant",
  ],
  "payload.json": [JSON.stringify(idClaims(), undefined, 2), "inconclusive"],
  "weak-payload.json": [JSON.stringify(idClaims({ amr: ["pwd"] }), undefined, 2), "non-compliant"],
};

/** What is no artifact, whatever it looks like, and what is said of it. */
const NON_ARTIFACTS: Readonly<Record<string, readonly [content: string | Buffer, says: RegExp]>> = {
  "request.xml": ['<p:AuthnRequest xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol"/>', /SAML request/],
  "logout.txt": [`SAMLResponse=${Buffer.from("<p:LogoutResponse/>").toString("base64")}`, /logout/],
  "metadata.xml": ['<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata"/>', /after --keys/],
  "fault.xml": ["<s:Envelope><s:Body/></s:Envelope>", /SOAP/],
  "feed.xml": ["<rss/>", /root "rss"/],
  "error.html": ["<!doctype html><html>no</html>", /nothing that can be judged/],
  "jwks.json": [JSON.stringify({ keys: [key.jwk] }), /set of keys/],
  "openid.json": [
    JSON.stringify({ issuer: "https://idp", jwks_uri: "https://idp/jwks" }),
    /OpenID configuration/,
  ],
  "opaque.txt": [`0.${"AbC1".repeat(60)}`, /only its issuer can read/],
  "refresh.json": [JSON.stringify({ refresh_token: good }), /no evidence of a sign-in/],
  "capture.saz": [Buffer.from("PK\u0003\u0004zip"), /ZIP/],
  "empty.txt": ["", /is empty/],
  "key.pem": ["-----BEGIN PRIVATE KEY-----\nMIIEsecretsecret\n-----END PRIVATE KEY-----", /private key/],
};

const FLAGS = ["-k", "keys.json", "-k", "saml.json", "-n", String(NOW)];
let path = "";
beforeAll(async () => {
  const folder = await temporaryFolder({
    "keys.json": JSON.stringify({ keys: [key.jwk] }),
    "saml.json": JSON.stringify({ keys: [samlKey.jwk] }),
    "many.txt": Array.from({ length: 1001 }, (_, index) => `${good}${index}`).join("\n"),
    "strict.yaml": "extends: saml-attribute",
  });
  path = folder.path;
  for (const [name, [content]] of Object.entries({ ...INPUTS, ...NON_ARTIFACTS }))
    await writeFile(join(path, name), content);
  return async () => await folder[Symbol.asyncDispose]();
});

const verdicts = z.array(
  z.object({ file: z.string(), verdict: z.string(), findings: z.array(z.object({ rule: z.string() })) }),
);

describe("every form in one call", () => {
  let said: Spoken;
  let all: z.infer<typeof verdicts>;
  beforeAll(async () => {
    said = await mfaHarness(["judge", ...Object.keys(INPUTS), "nowhere.txt", ...FLAGS, "--json"], path);
    all = verdicts.parse(JSON.parse(said.stdout));
  });

  test.each(Object.entries(INPUTS))("%s", (name, [, verdict]) => {
    expect(all.filter(({ file }) => file === name).map((each) => each.verdict)).toEqual([verdict]);
  });

  test("a response by Redirect is judged, and the binding is a finding of its own", () => {
    const findings = all.find(({ file }) => file === "redirect.txt")?.findings.map(({ rule }) => rule);
    expect(findings).toContain("saml.binding.redirect");
  });

  test("a file that is not there keeps no other from being judged, and decides the exit code", () => {
    expect(said.exitCode).toBe(2);
    expect(said.stderr).toMatch(/^cannot read nowhere\.txt: there is no such file\n.+\n$/);
  });
});

test("what is no artifact is said, file by file, and never a verdict", async () => {
  const said = await mfaHarness(["judge", ...Object.keys(NON_ARTIFACTS), ...FLAGS, "--json"], path);
  expect(said).toMatchObject({ exitCode: 2, stdout: "[]\n" });
  const lines = said.stderr.split("\n").filter((line) => / holds nothing /.test(line));
  expect(lines).toHaveLength(Object.keys(NON_ARTIFACTS).length);
  for (const [index, [name, [, says]]] of Object.entries(NON_ARTIFACTS).entries()) {
    expect(lines[index]).toMatch(new RegExp(`^${name} holds .*${says.source}`));
  }
  for (const [content] of Object.values(NON_ARTIFACTS)) {
    if (content.length > 60) expect(said.stderr).not.toContain(String(content).slice(20, 60));
  }
});

test.each([
  { name: "one file, compliant", files: ["msal.json"], exitCode: 0 },
  { name: "one file, inconclusive", files: ["payload.json"], exitCode: 3 },
  { name: "inconclusive beside compliant", files: ["msal.json", "payload.json"], exitCode: 3 },
  { name: "non-compliant beside inconclusive", files: ["payload.json", "weak.txt"], exitCode: 1 },
])("$name → exit $exitCode", async ({ files, exitCode }) => {
  const said = await mfaHarness(["judge", ...files, ...FLAGS], path);
  expect(said).toMatchObject({ exitCode, stderr: "" });
  if (files.length > 1)
    for (const file of files)
      expect(said.stdout).toMatch(new RegExp(`^${file}\n(?:found at .+\n)?[A-Z-]+ `, "m"));
});

test("a thousand are judged, and what follows is said: exit 2", async () => {
  const said = await mfaHarness(["judge", "many.txt", ...FLAGS], path);
  expect(said.exitCode).toBe(2);
  expect(said.stdout).toMatch(/^1000 of 1000, found at line 1000$/m);
  expect(said.stderr).toMatch(/^many\.txt, line 1001, follows on 1000 others/);
});

test.each([
  { name: "a token in place of a file", args: ["judge", good] },
  { name: "a token in place of the command", args: [good] },
  { name: "a token in place of a policy", args: ["judge", "msal.json", "-p", good] },
  {
    name: "a URL with a token in place of a file",
    args: ["judge", `https://rp.example/cb#id_token=${good}`],
  },
])("$name is not shown: exit 2", async ({ args }) => {
  const said = await mfaHarness(args, path);
  expect(said).toMatchObject({ exitCode: 2, stdout: "" });
  expect(said.stderr).not.toBe("");
  for (const part of good.split(".")) expect(said.stderr).not.toContain(part);
});
