import type { ECDSA_FORMS } from "./token-tamper-schema.ts";

type Form = (typeof ECDSA_FORMS)[number];

const HALF = 32;

/** Order of the base point of P-256. SEC 2 §2.4.2. */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

function bytes(value: bigint): Buffer {
  return Buffer.from(value.toString(16).padStart(2 * HALF, "0"), "hex");
}

/** A positive INTEGER of DER: shortest, with a zero byte where its first bit is set. */
function integer(half: Buffer): Buffer {
  const start = half.findIndex((byte) => byte !== 0);
  const digits = start < 0 ? Buffer.from([0]) : half.subarray(start);
  const body = digits.readUInt8(0) >= 0x80 ? Buffer.concat([Buffer.from([0]), digits]) : digits;
  return Buffer.concat([Buffer.from([0x02, body.length]), body]);
}

function der(r: Buffer, s: Buffer): Buffer {
  const body = Buffer.concat([integer(r), integer(s)]);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}

/** The other of the two values of s that verify. */
function otherS(s: Buffer): Buffer {
  return bytes(ORDER - BigInt(`0x${s.toString("hex")}`));
}

/**
 * Another value in the place of an ES256 signature.
 *
 * @param signature r and s, 32 bytes each
 * @returns undefined when the signature is not of that shape
 * @see RFC 7518 §3.4
 */
export function ecdsaForm(signature: Buffer, form: Form): Buffer | undefined {
  if (signature.length !== 2 * HALF) return undefined;
  const [r, s] = [signature.subarray(0, HALF), signature.subarray(HALF)];
  const zero = Buffer.alloc(HALF);
  const forms: Readonly<Record<Form, () => Buffer>> = {
    zero: () => Buffer.concat([zero, zero]),
    "zero-r": () => Buffer.concat([zero, s]),
    "zero-s": () => Buffer.concat([r, zero]),
    order: () => Buffer.concat([bytes(ORDER), bytes(ORDER)]),
    ones: () => Buffer.alloc(2 * HALF, 0xff),
    der: () => der(r, s),
    short: () => signature.subarray(0, -1),
    "other-s": () => Buffer.concat([r, otherS(s)]),
  };
  return forms[form]();
}
