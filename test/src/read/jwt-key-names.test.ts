import { createPublicKey } from "node:crypto";
import { describe, expect, test } from "vitest";
import { rules, type TrustedIssuer } from "../../../src/index.ts";
import { policies } from "../../../src/policies.ts";
import { readToken } from "../../../src/read/jwt.ts";
import { ecKey, idClaims, ISSUER, rsaKey, signed } from "../support/tokens.ts";

const key = rsaKey("new");
const ec = ecKey("ec");

/** Trusted keys with these kids; undefined stands for a key without one. */
function trusted(...kids: readonly (string | undefined)[]): TrustedIssuer {
  const { kid: _, ...bare } = rsaKey("x").jwk;
  return { issuer: ISSUER, jwks: { keys: kids.map((kid) => (kid === undefined ? bare : { ...bare, kid })) } };
}

async function messageOf(issuer: TrustedIssuer, header: Readonly<Record<string, unknown>> = { kid: "new" }) {
  const jwt = signed({ alg: "RS256", ...header }, idClaims(), key);
  const { obstacles } = await readToken(jwt, { ...policies.oidc, issuers: [issuer] });
  expect(obstacles).toHaveLength(1);
  return obstacles[0];
}

const NO_KEY = 'no trusted key of the issuer fits RS256 with kid "new"';

describe("a key that is not trusted is named, beside those that are", () => {
  test.each([
    { what: "one", kids: ["a"], message: `${NO_KEY}; the trusted kid is "a"` },
    { what: "the same twice", kids: ["a", "a"], message: `${NO_KEY}; the trusted kid is "a"` },
    {
      what: "five",
      kids: ["a", "b", "c", "d", "e"],
      message: `${NO_KEY}; the trusted kids are "a", "b", "c", "d", "e"`,
    },
    {
      what: "seven",
      kids: ["a", "b", "c", "d", "e", "f", "g"],
      message: `${NO_KEY}; the trusted kids are "a", "b", "c", "d", "e" and 2 more`,
    },
    { what: "none", kids: [], message: `${NO_KEY}; there is no trusted key` },
  ])("$what", async ({ kids, message }) => {
    expect(await messageOf(trusted(...kids))).toEqual({ kind: "key-untrusted", at: "/header/kid", message });
  });

  test("a kid that is trusted for another kind of key", async () => {
    const issuer = { issuer: ISSUER, jwks: { keys: [{ ...ec.jwk, kid: "new" }] } };
    const message = `${NO_KEY}: the trusted key of that kid cannot be used for RS256`;
    expect(await messageOf(issuer)).toMatchObject({ kind: "key-untrusted", message });
  });

  test("a header without a kid", async () => {
    const issuer = { issuer: ISSUER, jwks: { keys: [{ ...ec.jwk, kid: "ec" }] } };
    const message =
      'no trusted key of the issuer fits RS256, and the header has no kid; the trusted kid is "ec"';
    expect(await messageOf(issuer, {})).toMatchObject({ kind: "key-untrusted", message });
  });

  test("keys without a kid are tried, and the unknown kid is named with what to do", async () => {
    const obstacle = await messageOf(trusted(undefined));
    expect(obstacle?.kind).toBe("signature-invalid");
    expect(obstacle?.message).toContain('kid is "new", and the trusted keys have no kid');
    expect(obstacle?.fix).toContain("fetch its current JWK Set");
  });

  test("a trusted kid with another key behind it was not rolled over", async () => {
    const obstacle = await messageOf(trusted("new"));
    expect(obstacle).toEqual({
      kind: "signature-invalid",
      at: "/signature",
      message: "the signature does not verify with the issuer's key",
    });
  });

  test("certificates have no kid", async () => {
    const pem = createPublicKey({ key: key.jwk, format: "jwk" }).export({ type: "spki", format: "pem" });
    const issuer = { issuer: ISSUER, certificates: [pem.toString()] };
    expect((await messageOf(issuer, { alg: "RS256", kid: "new" }))?.message).toContain(
      "the trusted keys have no kid",
    );
  });
});

test.each(["oidc", "partner-api", "eam"])("%s says where the current keys are", (channel) => {
  const remedy = rules.find(({ id }) => id === `${channel}.key.untrusted`)?.remedy;
  expect(remedy).toMatch(/fetch the current JWK Set/i);
});

// Entra writes and signs the token for Partner Center: a partner can take other keys or another token, nothing else.
test("a partner is never told to sign or to publish a key", () => {
  const told = rules.filter(({ id }) => /^partner-api\.(key|signature|algorithm|header)\./.test(id));
  expect(told.length).toBeGreaterThan(6);
  expect(told.filter(({ remedy }) => /^(Sign|Publish|Encrypt|Leave)\b/.test(remedy))).toEqual([]);
});
