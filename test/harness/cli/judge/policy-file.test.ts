import { generateKeyPairSync } from "node:crypto";
import { join } from "node:path";
import { expect, test } from "vitest";
import { choosePolicy } from "../../../../harness/cli/judge/policy-file.ts";
import { HarnessError } from "../../../../harness/errors.ts";
import { judgeAccessToken, policies } from "../../../../src/index.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const jwk = pair.privateKey.export({ format: "jwk" });
const keys = [pair.publicKey.export({ format: "jwk" })];
const files = {
  "keys.json": JSON.stringify({ keys }),
  "key.pem": `a comment\n${pem}`,
  "key.json": JSON.stringify(jwk),
};

async function choose(yaml: string) {
  await using folder = await temporaryFolder({ ...files, "mine.yaml": yaml });
  return await choosePolicy(join(folder.path, "mine.yaml"));
}

test.each(Object.keys(policies))("%s is known by its name", async (name) => {
  expect((await choosePolicy(name)).policy.id).toBe(name);
});

test("a file that changes nothing is the policy it extends, under the file's name", async () => {
  const { base, policy } = await choose("extends: entra-saml");
  expect({ base, policy }).toEqual({ base: "entra-saml", policy: { ...policies["entra-saml"], id: "mine" } });
});

test("everything that a policy can say", async () => {
  const { policy } = await choose(`
extends: entra-eam
issuers:
  - { issuer: "https://a.example", keys: [keys.json, keys.json] }
  - { keys: keys.json }
decryptionKeys: [key.pem, key.json]
used: ["https://a.example _1"]
mfa: { amrValues: [otp], attributes: [{ name: amr, nameFormats: [null] }] }
clockSkewSeconds: 5
maxAuthAgeSeconds: 60
algorithms: [ES256]
minRsaBits: 3072
maxBytes: 1000
vendorApps: [11111111-2222-3333-4444-555555555555, vendor-2]
guidance: 2023-exception-only
audiences: [a, b]
nonce: n
requestId: _r
assertionConsumerService: https://sp.example/acs
eam: { acrValues: [possession], amrValues: [otp], subject: s, state: x, returnedState: y }
`);
  const { replay, ...rest } = policy;
  expect([replay?.has("https://a.example _1"), replay?.has("https://a.example _2")]).toEqual([true, false]);
  expect(rest).toEqual({
    id: "mine",
    issuers: [
      { issuer: "https://a.example", jwks: { keys } },
      { issuer: "https://a.example", jwks: { keys } },
      { jwks: { keys } },
    ],
    decryptionKeys: [pem.trim(), jwk],
    mfa: {
      ...policies["entra-eam"].mfa,
      amrValues: ["otp"],
      attributes: [{ name: "amr", nameFormats: [null] }],
    },
    clockSkewSeconds: 5,
    maxAuthAgeSeconds: 60,
    algorithms: ["ES256"],
    minRsaBits: 3072,
    maxBytes: 1000,
    vendorApps: ["11111111-2222-3333-4444-555555555555", "vendor-2"],
    guidance: "2023-exception-only",
    audiences: ["a", "b"],
    nonce: "n",
    requestId: "_r",
    assertionConsumerService: "https://sp.example/acs",
    eam: { acrValues: ["possession"], amrValues: ["otp"], subject: "s", state: "x", returnedState: "y" },
  });
});

test.each([
  {
    what: "an unknown key",
    yaml: "extends: oidc\nskew: 1",
    code: "ERR_POLICY_INVALID",
    says: /mine\.yaml:2:1 skew: /,
  },
  {
    what: "an unknown base",
    yaml: "extends: lax",
    code: "ERR_POLICY_INVALID",
    says: /mine\.yaml:1:10 extends: .*\(found "lax"\)/,
  },
  { what: "no base", yaml: "id: x", code: "ERR_POLICY_INVALID", says: /mine\.yaml:1:1 extends: / },
  {
    what: "a negative skew",
    yaml: "extends: oidc\nclockSkewSeconds: -1",
    code: "ERR_POLICY_INVALID",
    says: /:2:19 clockSkewSeconds: .*found -1/,
  },
  {
    what: "a vendor's app that is no list",
    yaml: "extends: partner-api\nvendorApps: vendor-1",
    code: "ERR_POLICY_INVALID",
    says: /mine\.yaml:2:13 vendorApps: .*expected array/,
  },
  {
    what: "an answer of Entra's that nothing was asked for",
    yaml: "extends: entra-eam\neam: { state: x }",
    code: "ERR_POLICY_INVALID",
    says: /mine\.yaml:2:6 eam\.acrValues: /,
  },
  {
    what: "an algorithm that is none, or that no signature may have",
    yaml: "extends: oidc\nalgorithms: [RS256, HS256]",
    code: "ERR_POLICY_INVALID",
    says: /mine\.yaml:2:21 algorithms\.1: .*"RS256".*found "HS256"/,
  },
  {
    what: "something used that names no issuer",
    yaml: "extends: oidc\nused: [_1]",
    code: "ERR_POLICY_INVALID",
    says: /mine\.yaml:2:8 used\.0: Expected <issuer> <assertion id or jti> \(found "_1"\)/,
  },
  { what: "broken YAML", yaml: "extends: [", code: "ERR_POLICY_INVALID", says: /mine\.yaml:1:/ },
  {
    what: "a key file that is not there",
    yaml: "extends: oidc\nissuers: [{ keys: nowhere }]",
    code: "ERR_FILE_UNREADABLE",
    says: /cannot read .*nowhere/,
  },
  {
    what: "a key file without keys",
    yaml: "extends: oidc\nissuers: [{ keys: mine.yaml }]",
    code: "ERR_KEYS_UNREADABLE",
    says: /mine\.yaml holds no key/,
  },
  {
    what: "a public key to decrypt with",
    yaml: "extends: oidc\ndecryptionKeys: keys.json",
    code: "ERR_KEYS_UNREADABLE",
    says: /keys\.json holds no private key/,
  },
])("$what: $code", async ({ yaml, code, says }) => {
  const error: unknown = await choose(yaml).catch((caught: unknown) => caught);
  if (!(error instanceof HarnessError)) throw new Error("no HarnessError was thrown");
  expect(error.code).toBe(code);
  expect(error.message).toMatch(says);
});

test("a name that is no policy lists those that are", async () => {
  const error: unknown = await choosePolicy("lax").catch((caught: unknown) => caught);
  expect(error instanceof HarnessError ? [error.code, error.hint] : error).toEqual([
    "ERR_USAGE",
    `Known policies: ${Object.keys(policies).join(", ")}; or name a YAML file.`,
  ]);
});

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

test("a vendor's app-only call is judged by the apps that the file names", async () => {
  const { policy } = await choose("extends: partner-api\nvendorApps: [vendor-1]");
  const claims = { ver: "1.0", appid: "vendor-1", idtyp: "app", roles: ["x"], oid: "o", sub: "o" };
  const token = `${part({ alg: "RS256" })}.${part(claims)}.AAAA`;
  const { findings } = await judgeAccessToken(token, policy, 0);
  expect(findings.map(({ rule }) => rule)).toContain("partner-api.token.vendor-app-only");
});
