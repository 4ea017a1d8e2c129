import { createCipheriv, randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { decryptContent } from "../../../src/read/web-crypto.ts";

test.each([
  { pad: 0, left: undefined },
  { pad: 1, left: 31 },
  { pad: 16, left: 16 },
  { pad: 17, left: undefined }, // longer than a block
  { pad: 255, left: undefined },
])(
  "CBC padding of $pad bytes, whatever they are → $left bytes (XML Encryption §5.2)",
  async ({ pad, left }) => {
    const key = randomBytes(16);
    const iv = randomBytes(16);
    const text = Buffer.concat([randomBytes(31), Buffer.from([pad])]);
    const cipher = createCipheriv("aes-128-cbc", key, iv).setAutoPadding(false);
    const bytes = Buffer.concat([iv, cipher.update(text), cipher.final()]);
    const plain = await decryptContent({ mode: "AES-CBC", keyBytes: 16 }, key, bytes);
    expect(plain?.length).toBe(left);
  },
);
