import { createPublicKey, verify } from "node:crypto";
import { describe, expect, test } from "vitest";
import { makeEmissionKeys } from "../../../../harness/emission/keys/keys.ts";
import { signToken } from "../../../../harness/emission/token/sign-token.ts";
import type { Tamper } from "../../../../harness/emission/tamper-schema.ts";
import { tamperToken } from "../../../../harness/emission/token/tamper-token.ts";
import { HarnessError } from "../../../../harness/errors.ts";

const keys = makeEmissionKeys();
const { publicKey } = await keys.published();

const encode = (text: string): string => Buffer.from(text).toString("base64url");
const HEADER = encode('{"alg":"RS256","kid":"k"}');
const PAYLOAD = encode('{"amr":["pwd"],"sub":"pwd"}');
/** Ends with a digit of which two bits belong to no byte, and holds both letters that the alphabets differ in. */
const SIGNATURE = Buffer.from([0b1000, 7, 9, 0xfb, 0xff, 0xbf, 1, 2]).toString("base64url");
const SIGNED = `${HEADER}.${PAYLOAD}.${SIGNATURE}`;

test.each<{ tampers: Tamper[]; to: string }>([
  { tampers: [], to: SIGNED },
  {
    tampers: [{ op: "flip-signature" }],
    to: `${HEADER}.${PAYLOAD}.${Buffer.from([0b1001, 7, 9, 0xfb, 0xff, 0xbf, 1, 2]).toString("base64url")}`,
  },
  { tampers: [{ op: "strip-signature" }], to: `${encode('{"alg":"none","kid":"k"}')}.${PAYLOAD}.` },
  {
    tampers: [{ op: "replace-text", find: "pwd", replace: "$&mfa" }],
    to: SIGNED.replace(PAYLOAD, encode('{"amr":["$&mfa"],"sub":"$&mfa"}')),
  },
  {
    tampers: [{ op: "replace-text", find: '["pwd"]', replace: '["mfa"]' }, { op: "strip-signature" }],
    to: `${encode('{"alg":"none","kid":"k"}')}.${encode('{"amr":["mfa"],"sub":"pwd"}')}.`,
  },
  { tampers: [{ op: "append-segment", text: "e30" }], to: `${SIGNED}.e30` },
  {
    tampers: [
      { op: "append-segment", text: "e30" },
      { op: "set-segment", segment: "header", text: "x" },
    ],
    to: `x.${PAYLOAD}.${SIGNATURE}.e30`,
  },
  {
    tampers: [{ op: "set-segment", segment: "signature", text: "" }],
    to: `${HEADER}.${PAYLOAD}.`,
  },
  { tampers: [{ op: "drop-segment", segment: "signature" }], to: `${HEADER}.${PAYLOAD}` },
  { tampers: [{ op: "drop-segment", segment: "header" }], to: `${PAYLOAD}.${SIGNATURE}` },
  {
    tampers: [{ op: "swap-segments", segments: ["header", "payload"] }],
    to: `${PAYLOAD}.${HEADER}.${SIGNATURE}`,
  },
  { tampers: [{ op: "surround-token", before: "Bearer ", after: "\n" }], to: `Bearer ${SIGNED}\n` },
  {
    tampers: [{ op: "set-header", name: "alg", value: ["none"] }],
    to: SIGNED.replace(HEADER, encode('{"alg":["none"],"kid":"k"}')),
  },
  {
    tampers: [{ op: "json-serialization", form: "flattened" }],
    to: JSON.stringify({ payload: PAYLOAD, protected: HEADER, signature: SIGNATURE }),
  },
  {
    tampers: [{ op: "json-serialization", form: "general" }],
    to: JSON.stringify({ payload: PAYLOAD, signatures: [{ protected: HEADER, signature: SIGNATURE }] }),
  },
])("$tampers", ({ tampers, to }) => {
  expect(tamperToken(SIGNED, tampers, publicKey)).toBe(to);
});

describe("another spelling of the signature is the same bytes to a reader that forgives", () => {
  test.each([
    { spelling: "padded", text: `${SIGNATURE}=` },
    { spelling: "standard-base64", text: SIGNATURE.replaceAll("-", "+").replaceAll("_", "/") },
    { spelling: "trailing-bits", text: `${SIGNATURE.slice(0, -1)}J` },
  ] as const)("$spelling", ({ spelling, text }) => {
    const jwt = tamperToken(SIGNED, [{ op: "respell-segment", segment: "signature", spelling }], publicKey);
    expect(jwt).toBe(`${HEADER}.${PAYLOAD}.${text}`);
    expect(Buffer.from(text, "base64")).toEqual(Buffer.from(SIGNATURE, "base64url"));
  });

  test("line-break", () => {
    const tamper: Tamper = { op: "respell-segment", segment: "payload", spelling: "line-break" };
    const [, payload = ""] = tamperToken(SIGNED, [tamper], publicKey).split(".");
    expect(payload).toBe(`${PAYLOAD.slice(0, 16)}\n${PAYLOAD.slice(16)}`);
  });
});

test.each<{ tampers: Tamper[]; says: string }>([
  { tampers: [{ op: "replace-text", find: "otp", replace: "" }], says: 'does not contain "otp"' },
  { tampers: [{ op: "strip-signature" }, { op: "flip-signature" }], says: "no signature left" },
  { tampers: [{ op: "ecdsa-signature", form: "zero" }], says: "not one of ES256" },
  { tampers: [{ op: "set-header", name: "alg", value: "RS256" }], says: "changes nothing" },
  {
    tampers: [{ op: "respell-segment", segment: "header", spelling: "standard-base64" }],
    says: "changes nothing",
  },
  { tampers: [{ op: "prepend-doctype", declaration: "<!DOCTYPE x>" }], says: "a token cannot take it" },
])("$tampers would change nothing, so it is refused", ({ tampers, says }) => {
  expect(() => tamperToken(SIGNED, tampers, publicKey)).toThrow(says);
  expect(() => tamperToken(SIGNED, tampers, publicKey)).toThrow(HarnessError);
});

const ORDER = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";

describe("forms of an ES256 signature", async () => {
  const key = await keys.ec();
  const jwt = await signToken({ header: { alg: "ES256" }, claims: {} }, key);
  const signed = Buffer.from(jwt.slice(0, jwt.lastIndexOf(".")));
  const right = Buffer.from(jwt.split(".")[2] ?? "", "base64url").toString("hex");
  const [r, s] = [right.slice(0, 64), right.slice(64)];

  function formed(form: Extract<Tamper, { op: "ecdsa-signature" }>["form"]): Buffer {
    const [, , signature = ""] = tamperToken(jwt, [{ op: "ecdsa-signature", form }], publicKey).split(".");
    return Buffer.from(signature, "base64url");
  }

  function verifies(signature: Buffer, dsaEncoding: "ieee-p1363" | "der"): boolean {
    return verify(
      "sha256",
      signed,
      { key: createPublicKey(key.publicKey.export({ type: "spki", format: "pem" })), dsaEncoding },
      signature,
    );
  }

  test.each([
    { form: "zero", hex: "0".repeat(128) },
    { form: "zero-r", hex: `${"0".repeat(64)}${s}` },
    { form: "zero-s", hex: `${r}${"0".repeat(64)}` },
    { form: "order", hex: ORDER.repeat(2) },
    { form: "ones", hex: "f".repeat(128) },
    { form: "short", hex: right.slice(0, 126) },
  ] as const)("$form does not verify", ({ form, hex }) => {
    expect(formed(form).toString("hex")).toBe(hex);
    expect(verifies(formed(form), "ieee-p1363")).toBe(false);
  });

  test("der is the same signature as OpenSSL writes it", () => {
    expect(verifies(formed("der"), "der")).toBe(true);
    expect(verifies(formed("der"), "ieee-p1363")).toBe(false);
  });

  test("the other value of s verifies too, and its other is the first again", () => {
    expect(formed("other-s").toString("hex").slice(0, 64)).toBe(r);
    expect(formed("other-s").toString("hex")).not.toBe(right);
    expect(verifies(formed("other-s"), "ieee-p1363")).toBe(true);
    const other: Tamper = { op: "ecdsa-signature", form: "other-s" };
    expect(tamperToken(jwt, [other, other], publicKey)).toBe(jwt);
  });
});
