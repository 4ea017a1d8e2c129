import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { judgeAccessToken, judgeEamToken, judgeIdToken } from "../../src/judge.ts";
import type { Policy } from "../../src/policy.ts";
import { idClaims, NOW, oidcPolicy, rsaKey, segment, signed } from "./support/tokens.ts";

const key = rsaKey("k1");
const policy = oidcPolicy([key]);
const header = { alg: "RS256", kid: "k1", typ: "JWT" };
const good = signed(header, idClaims(), key);

/** Every rule speaks here, so that every rule meets every odd value. */
const curious: Policy = {
  ...policy,
  maxAuthAgeSeconds: 60,
  replay: new Set(),
  vendorApps: ["x"],
  guidance: "2023-exception-only",
  eam: { subject: "alice", acrValues: ["possession"], amrValues: ["otp"], state: "s", returnedState: "s" },
};

describe("whatever the token, judging never throws", () => {
  test("any text", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary" }), async (text) => {
        expect((await judgeIdToken(text, policy, NOW)).verdict).toBe("non-compliant");
      }),
    );
  });

  test("any header and any claims, signed with the trusted key or with none", async () => {
    const names = fc.constantFrom(
      "iss",
      "sub",
      "aud",
      "azp",
      "exp",
      "nbf",
      "iat",
      "auth_time",
      "nonce",
      "amr",
      "acr",
      "jti",
      "tid",
      "ver",
      "roles",
    );
    const odd = fc.dictionary(fc.oneof(names, fc.string()), fc.jsonValue(), { maxKeys: 6 });
    await fc.assert(
      fc.asyncProperty(odd, odd, async (claims, more) => {
        const changed = idClaims(claims);
        const trusted = signed(header, changed, key);
        const unsigned = `${segment({ ...header, ...more })}.${segment(changed)}.AAAA`;
        for (const judge of [judgeIdToken, judgeAccessToken, judgeEamToken]) {
          await judge(trusted, curious, NOW);
          const { verdict } = await judge(unsigned, { ...curious, issuers: [] }, NOW);
          expect(["compliant", "exempt"]).not.toContain(verdict);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("any change of one character of a good token is refused", async () => {
    const place = fc.nat({ max: good.length - 1 });
    await fc.assert(
      fc.asyncProperty(place, fc.string({ minLength: 1, maxLength: 1 }), async (at, character) => {
        fc.pre(good.charAt(at) !== character);
        const changed = `${good.slice(0, at)}${character}${good.slice(at + 1)}`;
        expect((await judgeIdToken(changed, policy, NOW)).signature).toBe("failed");
      }),
    );
  });

  test("any order and any unknown claims leave a good token good", async () => {
    const unknown = fc.dictionary(fc.stringMatching(/^x_[a-z]{1,8}$/), fc.jsonValue(), { maxKeys: 5 });
    await fc.assert(
      fc.asyncProperty(
        unknown,
        fc.shuffledSubarray(Object.keys(idClaims()), { minLength: 8 }),
        async (more, order) => {
          const claims = { ...more, ...Object.fromEntries(order.map((name) => [name, idClaims()[name]])) };
          expect((await judgeIdToken(signed(header, claims, key), policy, NOW)).verdict).toBe("compliant");
        },
      ),
      { numRuns: 30 },
    );
  });
});
