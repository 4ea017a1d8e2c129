import { constants, deflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { gunzip, inflate } from "../../../src/find/inflate.ts";

const LIMIT = 1 << 20;

/** Bytes that nothing can shorten: a linear congruential generator. */
function noise(length: number): Buffer {
  let state = 1;
  return Buffer.from(
    Array.from({ length }, () => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return (state >> 16) & 0xff;
    }),
  );
}

const TEXT = Buffer.from("<samlp:Response>".repeat(40) + "</samlp:Response>");

// RFC 1951 §3.2: every kind of block, as zlib writes it.
describe("inflate undoes what zlib deflates", () => {
  test.each([
    { name: "nothing", plain: Buffer.alloc(0), options: {} },
    { name: "text", plain: TEXT, options: {} },
    { name: "a stored block", plain: TEXT, options: { level: 0 } },
    { name: "several stored blocks", plain: noise(150_000), options: { level: 0 } },
    { name: "what cannot be shortened", plain: noise(70_000), options: {} },
    { name: "fixed codes", plain: TEXT, options: { strategy: constants.Z_FIXED } },
    { name: "codes of literals alone", plain: TEXT, options: { strategy: constants.Z_HUFFMAN_ONLY } },
    { name: "one byte a thousand times: the longest match", plain: Buffer.alloc(1000, 97), options: {} },
    { name: "a match from far away", plain: Buffer.concat([noise(32_000), noise(32_000)]), options: {} },
    { name: "every byte", plain: Buffer.from(Array.from({ length: 512 }, (_, at) => at % 256)), options: {} },
  ])("$name", ({ plain, options }) => {
    const found = inflate(deflateRawSync(plain, options), LIMIT);
    expect(found === undefined ? undefined : Buffer.from(found).equals(plain)).toBe(true);
  });

  test("up to the limit", () => {
    expect(inflate(deflateRawSync(Buffer.alloc(1000, 97)), 10)).toEqual(new Uint8Array(10).fill(97));
  });
});

describe("what is no such stream is none", () => {
  test.each([
    { name: "nothing at all", bytes: [] },
    // §3.2.3: 11 is an error.
    { name: "a block of the kind that is reserved", bytes: [0x07] },
    // §3.2.4: NLEN is the complement of LEN.
    { name: "a stored block whose length is not repeated", bytes: [0x01, 1, 0, 0, 0, 0x41] },
    { name: "a stored block that is cut off", bytes: [0x01, 2, 0, 0xfd, 0xff, 0x41] },
    // A match three long, one back, where nothing stands yet: fixed codes 0000001 and 00000.
    { name: "a match before the beginning", bytes: [0x03, 0x02, 0x00] },
    { name: "a stream that is cut off", bytes: [...deflateRawSync(TEXT).subarray(0, -4)] },
  ])("$name", ({ bytes }) => {
    expect(inflate(Uint8Array.from(bytes), LIMIT)).toBeUndefined();
  });
});

// RFC 1952 §2.3: what may stand between the head and the stream.
describe("gunzip", () => {
  const body = deflateRawSync(TEXT);
  const gzip = (flags: number, between: readonly number[], method = 8): Uint8Array =>
    Uint8Array.from([
      0x1f,
      0x8b,
      method,
      flags,
      0,
      0,
      0,
      0,
      0,
      3,
      ...between,
      ...body,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
    ]);
  const EXTRA = [3, 0, 1, 2, 3];
  const LONG_EXTRA = [1, 1, ...Array.from({ length: 257 }, () => 7)];
  const NAME = [0x61, 0x62, 0];
  const COMMENT = [0x63, 0];
  const CHECK = [9, 9];

  test.each([
    { name: "nothing else", flags: 0, between: [] },
    { name: "extra fields", flags: 4, between: EXTRA },
    { name: "extra fields of more than 255 bytes", flags: 4, between: LONG_EXTRA },
    { name: "a name", flags: 8, between: NAME },
    { name: "a comment", flags: 16, between: COMMENT },
    { name: "a name and a comment", flags: 24, between: [...NAME, ...COMMENT] },
    { name: "a check of the head", flags: 2, between: CHECK },
    { name: "all of them", flags: 30, between: [...EXTRA, ...NAME, ...COMMENT, ...CHECK] },
    { name: "a mark that it is text", flags: 1, between: [] },
  ])("reads a head with $name", ({ flags, between }) => {
    expect(Buffer.from(gunzip(gzip(flags, between), LIMIT) ?? []).equals(TEXT)).toBe(true);
  });

  test.each([
    { name: "another method", bytes: gzip(0, [], 7) },
    { name: "other bytes in front", bytes: Uint8Array.from([0x1f, 0x8c, 8, ...body]) },
    {
      name: "a name without its end",
      bytes: Uint8Array.from([0x1f, 0x8b, 8, 8, 1, 1, 1, 1, 1, 3, 97, 98, 99]),
    },
  ])("refuses $name", ({ bytes }) => {
    expect(gunzip(bytes, LIMIT)).toBeUndefined();
  });
});
