import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { policies } from "../../../src/policies.ts";
import { decodeCompact } from "../../../src/read/jwt-compact.ts";
import { headerObstacles } from "../../../src/read/jwt-header.ts";
import { parseJsonObject } from "../../../src/read/jwt-json.ts";
import { checkSignature } from "../../../src/read/jwt-signature.ts";

/** A folder that holds Project Wycheproof's vectors under `wycheproof/testvectors_v1`. */
const folder = process.env["MFA_HARNESS_VECTORS"];

const vectorsSchema = z.object({
  testGroups: z.array(
    z.object({
      comment: z.string(),
      public: z.record(z.string(), z.unknown()).optional(),
      tests: z.array(
        z.object({ tcId: z.number(), comment: z.string(), jws: z.unknown(), result: z.string() }),
      ),
    }),
  ),
});

/**
 * Valid by the signature alone, but the key is marked for another algorithm (PS256 for a PS384 signature, and
 * "ES521" for ES512): RFC 8725 §3.1 binds a key to its algorithm, so they are refused here.
 */
const MISMARKED_KEYS = new Set([346, 347, 350, 351]);

/** The steps of the reader up to the signature: the payloads of these vectors are not claims. */
async function verifies(jws: unknown, jwk: Readonly<Record<string, unknown>>): Promise<boolean> {
  const text = typeof jws === "string" ? jws : JSON.stringify(jws);
  const split = decodeCompact(text, text.split("."));
  if ("obstacle" in split) return false;
  const header = parseJsonObject(split.value.header, "/header");
  if ("obstacle" in header) return false;
  const issuers = [{ jwks: { keys: [jwk] } }];
  if (headerObstacles(split.value, header.value, policies.oidc).length > 0) return false;
  return (await checkSignature(split.value, header.value, issuers, policies.oidc)) === undefined;
}

describe.skipIf(folder === undefined)("Wycheproof JWS (set MFA_HARNESS_VECTORS to run)", () => {
  const file = join(folder ?? "", "wycheproof/testvectors_v1/json_web_signature_test.json");
  const groups =
    folder === undefined ? [] : vectorsSchema.parse(JSON.parse(readFileSync(file, "utf8"))).testGroups;
  // Groups without a public key are about HMAC, which has no place where keys are published.
  const vectors = groups.flatMap(({ comment: group, public: jwk, tests }) =>
    jwk === undefined ? [] : tests.map((vector) => ({ ...vector, group, jwk })),
  );

  test.each(vectors)("$tcId $group $comment → $result", async ({ tcId, jws, jwk, result }) => {
    const expected = result === "valid" && !MISMARKED_KEYS.has(tcId);
    expect(await verifies(jws, jwk)).toBe(expected);
  });
});
