import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/artifact.ts";
import { judgeAccessToken, judgeIdToken } from "../../../src/judge.ts";
import { policies } from "../../../src/policies.ts";
import { NOW, rsaKey, segment, signed, type TestKey } from "../support/tokens.ts";

const key = rsaKey("k1");
const stranger = rsaKey("k1");
const TENANT = "https://sts.windows.net/11111111-2222-4333-8444-555555555555/";
const GRAPH = "00000003-0000-0000-c000-000000000000";

/** Claims of a v1.0 access token for Microsoft Graph after MFA. */
function claims(changes: JsonObject = {}): JsonObject {
  return {
    aud: GRAPH,
    iss: TENANT,
    iat: NOW - 30,
    nbf: NOW - 30,
    exp: NOW + 3600,
    amr: ["pwd", "mfa"],
    appid: "00000000-aaaa-4bbb-8ccc-000000000001",
    scp: "User.Read",
    sub: "pairwise",
    tid: "11111111-2222-4333-8444-555555555555",
    ver: "1.0",
    ...changes,
  };
}

/** Signs as Entra does for Graph: over the header with the hash of the nonce, and sends the nonce itself. */
function graphToken(changes: JsonObject = {}, signer: TestKey = key): string {
  const nonce = "own-nonce-1";
  const header = { typ: "JWT", nonce, alg: "RS256", x5t: "k1", kid: "k1" };
  const hash = createHash("sha256").update(nonce).digest("base64url");
  const made = signed({ ...header, nonce: hash }, claims(changes), signer);
  return [segment(header), ...made.split(".").slice(1)].join(".");
}

const trusting = (keys: readonly TestKey[]) => ({
  ...policies["partner-api"],
  issuers: keys.length === 0 ? [] : [{ issuer: TENANT, jwks: { keys: keys.map(({ jwk }) => jwk) } }],
});

describe("a token that Entra signed for Microsoft Graph", () => {
  test.each([
    { name: "its key is trusted", jwt: graphToken(), keys: [key], signature: "failed", proven: true },
    {
      name: "another key is trusted",
      jwt: graphToken(),
      keys: [stranger],
      signature: "failed",
      proven: false,
    },
    { name: "no key is trusted", jwt: graphToken(), keys: [], signature: "unchecked", proven: false },
    {
      name: "by its address",
      jwt: graphToken({ aud: "https://graph.microsoft.com/" }),
      keys: [key],
      signature: "failed",
      proven: true,
    },
  ])("$name", async ({ jwt, keys, signature, proven }) => {
    const verdict = await judgeAccessToken(jwt, trusting(keys), NOW);
    expect([verdict.verdict, verdict.signature]).toEqual(["non-compliant", signature]);
    const [first] = verdict.findings;
    expect(first?.rule).toBe("partner-api.token.api-bound");
    expect(first?.message).toContain("Microsoft Graph");
    expect(first?.message).toContain("SHA-256 of nonce");
    expect(first?.message.includes("with which it verifies")).toBe(proven);
    expect(verdict.findings.map(({ rule }) => rule)).not.toContain("partner-api.signature.invalid");
  });

  test("another API of Microsoft's, where the signature shows it", async () => {
    const jwt = graphToken({ aud: "https://partner.sharepoint.com" });
    const { findings } = await judgeAccessToken(jwt, trusting([key]), NOW);
    expect(findings.map(({ rule }) => rule)).toEqual(["partner-api.token.api-bound"]);
    expect(findings[0]?.message).toContain("https://partner.sharepoint.com");
  });

  test("in the channel of ID tokens it is the same", async () => {
    const policy = { ...policies.oidc, issuers: trusting([key]).issuers };
    const { verdict, findings } = await judgeIdToken(graphToken(), policy, NOW);
    expect([verdict, findings[0]?.rule]).toEqual(["non-compliant", "oidc.token.api-bound"]);
  });
});

test.each([
  { name: "a nonce in the header, signed as it is", header: { nonce: "n" }, signer: key, rule: undefined },
  {
    name: "another audience, broken",
    header: { nonce: "n" },
    signer: stranger,
    rule: "partner-api.signature.invalid",
  },
  { name: "no nonce", header: {}, signer: stranger, rule: "partner-api.signature.invalid" },
  {
    name: "a nonce that is no string",
    header: { nonce: 1 },
    signer: stranger,
    rule: "partner-api.signature.invalid",
  },
])("$name is not bound", async ({ header, signer, rule }) => {
  const api = { aud: "https://api.partnercenter.microsoft.com" };
  const jwt = signed({ alg: "RS256", kid: "k1", ...header }, claims(api), signer);
  const { findings } = await judgeAccessToken(jwt, trusting([key]), NOW);
  expect(findings.filter(({ severity }) => severity === "error").map((each) => each.rule)[0]).toBe(rule);
});
