import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { policies } from "../../../src/policies.ts";
import { openEncrypted } from "../../../src/read/jwt-decrypt.ts";

/** A folder that holds Project Wycheproof's vectors under `wycheproof/testvectors_v1`. */
const folder = process.env["MFA_HARNESS_VECTORS"];

const vectorsSchema = z.object({
  testGroups: z.array(
    z.object({
      comment: z.string(),
      private: z.record(z.string(), z.unknown()),
      tests: z.array(
        z.object({ tcId: z.number(), comment: z.string(), jwe: z.string(), result: z.string() }),
      ),
    }),
  ),
});

/** Key management that needs a shared secret, or is an oracle: refused whatever the vector. RFC 8725 §3.2. */
function isAccepted({ kty, alg }: Readonly<Record<string, unknown>>): boolean {
  return kty !== "oct" && alg !== "RSA1_5";
}

/** Whether it could be decrypted. The plaintexts of these vectors are no tokens: that is how far reading gets. */
async function decrypts(jwe: string, key: Readonly<Record<string, unknown>>): Promise<boolean> {
  const opened = await openEncrypted(jwe, jwe.split("."), { ...policies.oidc, decryptionKeys: [key] });
  return "obstacles" in opened && opened.obstacles.every(({ kind }) => kind === "signature-missing");
}

describe.skipIf(folder === undefined)("Wycheproof JWE (set MFA_HARNESS_VECTORS to run)", () => {
  const file = join(folder ?? "", "wycheproof/testvectors_v1/json_web_encryption_test.json");
  const groups =
    folder === undefined ? [] : vectorsSchema.parse(JSON.parse(readFileSync(file, "utf8"))).testGroups;
  const vectors = groups.flatMap(({ comment: group, private: key, tests }) =>
    tests.map((vector) => ({ ...vector, group, key })),
  );

  test.each(vectors)("$tcId $group $comment → $result", async ({ jwe, key, result }) => {
    expect(await decrypts(jwe, key)).toBe(result === "valid" && isAccepted(key));
  });
});
