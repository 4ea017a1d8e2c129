import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  judgeAccessToken,
  judgeEamToken,
  judgeIdToken,
  judgeSamlResponse,
  judgeWsFedResponse,
  type Policy,
  type Verdict,
} from "../../src/index.ts";
import { policies } from "../../src/policies.ts";
import * as saml from "../support/signed-saml.ts";
import {
  ecKey,
  edKey,
  idClaims,
  ISSUER,
  NOW,
  oidcPolicy,
  rsaKey,
  segment,
  signed,
} from "../src/support/tokens.ts";

const rsa = rsaKey("rsa");
const ec = ecKey("ec");
const ed = edKey("ed");
const trusted = oidcPolicy([rsa, ec, ed]);
const tokens = [
  signed({ alg: "RS256", kid: "rsa" }, idClaims(), rsa),
  signed({ alg: "PS256", kid: "rsa" }, idClaims(), rsa, "PS256"),
  signed({ alg: "ES256", kid: "ec" }, idClaims(), ec, "ES256"),
  signed({ alg: "EdDSA", kid: "ed" }, idClaims(), ed, "EdDSA"),
] as const;
const samlKey = saml.rsaKey();
const response = saml.signBoth(saml.sampleResponse(), samlKey);

type Judge = (artifact: string, policy: Policy, now: number) => Promise<Verdict>;
const judges: readonly (readonly [string, Judge])[] = [
  ["judgeIdToken", judgeIdToken],
  ["judgeAccessToken", judgeAccessToken],
  ["judgeEamToken", judgeEamToken],
  ["judgeSamlResponse", judgeSamlResponse],
  ["judgeWsFedResponse", judgeWsFedResponse],
];

/** Text that gets past the first look of one reader or another. */
const artifact = fc.oneof(
  fc.string({ unit: "binary", maxLength: 100 }),
  fc
    .array(fc.string({ unit: "binary", maxLength: 30 }).map(segment), { maxLength: 6 })
    .map((all) => all.join(".")),
  fc.jsonValue().map((claims) => `${segment({ alg: "RS256" })}.${segment(JSON.stringify(claims))}.AAAA`),
  fc.stringMatching(/^<[a-z:]{1,4}( [a-z:]{1,5}="[^"<&]{0,5}")?>[^<&]{0,9}<\/[a-z]{1,4}>$/),
  fc.constantFrom(...tokens, response),
);

const jwk = fc.oneof(
  fc.constantFrom(rsa.jwk, ec.jwk, samlKey.jwk),
  fc.record(
    {
      kty: fc.constantFrom("RSA", "EC", "OKP", "oct", ""),
      n: fc.base64String(),
      e: fc.constantFrom("AQAB", "", "AA"),
      crv: fc.constantFrom("P-256", "Ed25519", "P-0"),
      x: fc.base64String(),
      y: fc.base64String(),
      alg: fc.jsonValue(),
      use: fc.jsonValue(),
      key_ops: fc.jsonValue(),
      kid: fc.jsonValue(),
    },
    { requiredKeys: [] },
  ),
);

/** Policies that a program could build, sensible or not. */
const policy: fc.Arbitrary<Policy> = fc
  .record(
    {
      issuers: fc.array(
        fc.record(
          {
            issuer: fc.oneof(fc.constantFrom(ISSUER, saml.ISSUER), fc.string()),
            jwks: fc.record({ keys: fc.array(jwk, { maxLength: 3 }) }),
            certificates: fc.array(fc.string(), { maxLength: 2 }),
          },
          { requiredKeys: [] },
        ),
        { maxLength: 3 },
      ),
      audiences: fc.array(fc.string(), { maxLength: 2 }),
      nonce: fc.string(),
      requestId: fc.string(),
      assertionConsumerService: fc.string(),
      clockSkewSeconds: fc.nat(),
      maxAuthAgeSeconds: fc.nat(),
      minRsaBits: fc.nat({ max: 8192 }),
      algorithms: fc.array(fc.oneof(fc.constantFrom("RS256", "ES256", "none", "HS256"), fc.string())),
      decryptionKeys: fc.array(fc.oneof(fc.string(), jwk), { maxLength: 2 }),
      guidance: fc.constantFrom("2021-fed-ok", "2023-exception-only", "2026-integrated-claim"),
      eam: fc.record({ acrValues: fc.array(fc.string()) }),
    },
    { requiredKeys: [] },
  )
  .map((changes) => ({ ...policies.oidc, ...changes }));

describe.each(judges)("%s", (_name, judge) => {
  test("answers whatever the artifact and whatever the policy; compliant only what is verified", async () => {
    await fc.assert(
      fc.asyncProperty(artifact, policy, fc.integer(), async (text, chosen, now) => {
        const verdict = await judge(text, chosen, now);
        expect(verdict.reason).not.toBe("");
        if (verdict.verdict === "compliant") expect(verdict.signature).toBe("verified");
        if (verdict.signature === "verified") expect(verdict.evidence).toBeDefined();
        if (verdict.signature === "failed") expect(verdict.evidence).toBeUndefined();
      }),
      { numRuns: 150 },
    );
  });

  test("takes nobody's word where nobody is trusted", async () => {
    await fc.assert(
      fc.asyncProperty(artifact, policy, async (text, chosen) => {
        const { verdict, signature } = await judge(text, { ...chosen, issuers: [] }, NOW);
        expect(signature).toBe("unchecked");
        expect(verdict).not.toBe("compliant");
      }),
      { numRuns: 50 },
    );
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])("refuses %s as the time", async (now) => {
    await expect(judge("", policies.oidc, now)).rejects.toThrow(TypeError);
  });
});

function membersOf(text: string): readonly (readonly [string, unknown])[] {
  const value: unknown = JSON.parse(text);
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

describe("a signed token, patched", () => {
  const name = fc.constantFrom("iss", "sub", "aud", "exp", "amr", "acr", "alg", "kid", "typ", "__proto__");

  test.each(tokens)("%#: any member of any segment set to anything does not verify", async (token) => {
    const segments = token.split(".");
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(0, 1), name, fc.jsonValue(), async (at, member, value) => {
        const text = Buffer.from(segments[at] ?? "", "base64url").toString("utf8");
        const members = membersOf(text).filter(([each]) => each !== member);
        const written = [...members, [member, value] as const].map(
          ([each, inner]) => `${JSON.stringify(each)}:${JSON.stringify(inner)}`,
        );
        const patched = segments.with(at, segment(`{${written.join(",")}}`)).join(".");
        fc.pre(patched !== token);
        expect((await judgeIdToken(patched, trusted, NOW)).signature).toBe("failed");
      }),
      { numRuns: 100 },
    );
  });

  test.each(tokens)("%#: no other signature verifies", async (token) => {
    const [header = "", payload = "", signature = ""] = token.split(".");
    const bytes = Buffer.from(signature, "base64url");
    const same = fc.uint8Array({ minLength: bytes.length, maxLength: bytes.length });
    const other = fc.oneof(
      fc.uint8Array({ maxLength: 600 }),
      same,
      fc.constantFrom(Buffer.alloc(bytes.length), Buffer.alloc(0), Buffer.concat([bytes, Buffer.alloc(1)])),
      fc.nat({ max: bytes.length - 1 }).map((end) => bytes.subarray(0, end)),
    );
    await fc.assert(
      fc.asyncProperty(other, async (changed) => {
        fc.pre(!bytes.equals(changed));
        const forged = [header, payload, Buffer.from(changed).toString("base64url")].join(".");
        expect((await judgeIdToken(forged, trusted, NOW)).signature).toBe("failed");
      }),
      { numRuns: 60 },
    );
  });
});
