import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { makeMemoryStore } from "../../../../harness/idp/store/memory.ts";
import { makeTotpCodes } from "../../../../harness/idp/sign-in/totp.ts";

const NOW = 1_800_000_015;
const STEP = Math.floor(NOW / 30);

/** RFC 6238 by its text, from the secret that the page shows. */
function codeAt(secret: string, step: number): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = Array.from(secret, (letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", key).update(counter).digest();
  const offset = mac.readUInt8(19) & 15;
  return String((mac.readUInt32BE(offset) & 0x7f_ff_ff_ff) % 1_000_000).padStart(6, "0");
}

test.each([
  { step: STEP, as: "it is", is: "right" },
  { step: STEP - 1, as: "it is", is: "right" },
  { step: STEP + 1, as: "it is", is: "right" },
  { step: STEP - 2, as: "it is", is: "wrong" },
  { step: STEP + 2, as: "it is", is: "wrong" },
  { step: STEP, as: "people type it", is: "right" },
  { step: STEP, as: "cut short", is: "wrong" },
] as const)("the code of step $step, as $as, is $is", async ({ step, as, is }) => {
  const codes = makeTotpCodes(makeMemoryStore());
  const { secret } = await codes.enrolment("a", NOW);
  const code = codeAt(secret, step);
  const typed = {
    "it is": code,
    "people type it": ` ${code.slice(0, 3)} ${code.slice(3)}`,
    "cut short": code.slice(1),
  };
  expect(await codes.check("a", typed[as], NOW)).toBe(is);
});

test("the page shows the code of now, then those that were not used, and when they are taken", async () => {
  const codes = makeTotpCodes(makeMemoryStore());
  const shown: unknown[] = [];
  for (let round = 0; round < 3; round += 1) {
    const { secret, code, waitSeconds } = await codes.enrolment("a", NOW);
    const step = [STEP, STEP + 1, STEP + 2].find((one) => codeAt(secret, one) === code);
    shown.push([step, waitSeconds, await codes.check("a", code, NOW)]);
  }
  expect(shown).toEqual([
    [STEP, 0, "right"],
    [STEP + 1, 0, "right"],
    [STEP + 2, 15, "wrong"],
  ]);
});

test("a code opens once, for its user alone, and none opens that is older than the last", async () => {
  const codes = makeTotpCodes(makeMemoryStore());
  const { secret, code, uri } = await codes.enrolment("a", NOW);
  const other = await codes.enrolment("b", NOW);
  expect(other.secret).not.toBe(secret);
  expect(await codes.check("b", code, NOW)).toBe("wrong");
  expect(await codes.check("a", code, NOW)).toBe("right");
  expect(await codes.check("a", code, NOW)).toBe("used");
  expect(await codes.check("a", code, NOW + 30)).toBe("used");
  expect(await codes.check("a", codeAt(secret, STEP - 1), NOW)).toBe("used");
  expect(await codes.check("b", other.code, NOW)).toBe("right");
  expect(Object.fromEntries(new URL(uri).searchParams)).toEqual({
    issuer: "mfa-harness",
    secret,
    algorithm: "SHA1",
    digits: "6",
    period: "30",
  });
});

test("any name makes an address", async () => {
  const { uri } = await makeTotpCodes(makeMemoryStore()).enrolment(`"><script>:?&#é`, NOW);
  expect(new URL(uri).searchParams.get("issuer")).toBe("mfa-harness");
  expect(uri).not.toContain("<");
});

test("of two who enter a code at the same time, one gets in", async () => {
  const codes = makeTotpCodes(makeMemoryStore());
  const { code } = await codes.enrolment("a", NOW);
  const checks = await Promise.all([codes.check("a", code, NOW), codes.check("a", code, NOW)]);
  expect(new Set(checks)).toEqual(new Set(["right", "used"]));
});
