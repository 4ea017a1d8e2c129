import type { JWK } from "jose";
import type { OaepHash, OaepWay } from "../vocabulary/saml-encryption.ts";
import { bytesToNumber, numberToBytes } from "./big-number.ts";
import { decodeBase64url } from "./jwt-base64url.ts";
import { digest, randomBytes } from "./web-crypto.ts";

/** An RSA private key as numbers. */
interface PrivateNumbers {
  readonly n: bigint;
  readonly e: bigint;
  readonly d: bigint;
  /** Length of the modulus, bytes. */
  readonly bytes: number;
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let square = base % modulus;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

/** The inverse by Euclid's algorithm; undefined when there is none. */
function inverse(value: bigint, modulus: bigint): bigint | undefined {
  let [rest, next] = [modulus, value % modulus];
  let [factor, following] = [0n, 1n];
  while (next > 0n) {
    const times = rest / next;
    [rest, next] = [next, rest - times * next];
    [factor, following] = [following, factor - times * following];
  }
  return rest === 1n ? ((factor % modulus) + modulus) % modulus : undefined;
}

/**
 * RSADP (RFC 8017 §5.1.2), blinded: how long the power of a number takes tells about the exponent, so that number must
 * not be one that the sender chose.
 */
function decryptNumber(cipher: bigint, { n, e, d, bytes }: PrivateNumbers): bigint | undefined {
  const random = bytesToNumber(randomBytes(bytes)) % n;
  const unblind = inverse(random, n);
  if (cipher >= n || unblind === undefined) return undefined;
  return (power((cipher * power(random, e, n)) % n, d, n) * unblind) % n;
}

/** MGF1 (RFC 8017 §B.2.1). */
async function mask(seed: Uint8Array, length: number, hash: OaepHash): Promise<Uint8Array> {
  const blocks: Uint8Array[] = [];
  for (let made = 0; made < length; made += blocks.at(-1)?.length ?? length) {
    const block = new Uint8Array(seed.length + 4);
    block.set(seed);
    // One byte will do for the counter: no key is so long.
    block[block.length - 1] = blocks.length;
    blocks.push(await digest(hash, block));
  }
  const whole = new Uint8Array(blocks.reduce((sum, block) => sum + block.length, 0));
  let at = 0;
  for (const block of blocks) {
    whole.set(block, at);
    at += block.length;
  }
  return whole.subarray(0, length);
}

function xor(left: Uint8Array, right: Uint8Array): Uint8Array {
  return left.map((byte, index) => byte ^ (right[index] ?? 0));
}

/** EME-OAEP decoding (RFC 8017 §7.1.2 step 3); all that may be wrong gives the same answer. */
async function decode(message: Uint8Array, label: Uint8Array, way: OaepWay): Promise<Uint8Array | undefined> {
  const labelHash = await digest(way.digest, label);
  const size = labelHash.length;
  const maskedData = message.subarray(1 + size);
  if (message.length < 2 * size + 2) return undefined;
  const seed = xor(message.subarray(1, 1 + size), await mask(maskedData, size, way.mask));
  const data = xor(maskedData, await mask(seed, maskedData.length, way.mask));
  const separator = data.findIndex((byte, index) => index >= size && byte !== 0);
  let wrong = (message[0] ?? 1) | ((data[separator] ?? 0) ^ 1);
  for (const [index, byte] of labelHash.entries()) wrong |= byte ^ (data[index] ?? 0);
  return wrong === 0 ? data.slice(separator + 1) : undefined;
}

function numbersOf({ n = "", e = "", d = "" }: JWK): PrivateNumbers | undefined {
  const [modulus, exponent, secret] = [n, e, d].map((each) => decodeBase64url(each));
  if (modulus === undefined || exponent === undefined || secret === undefined) return undefined;
  const number = bytesToNumber(modulus);
  const bytes = Math.ceil(number.toString(16).length / 2);
  return { n: number, e: bytesToNumber(exponent), d: bytesToNumber(secret), bytes };
}

/**
 * Undoes RSA-OAEP whose mask generation uses another hash than its digest, which WebCrypto cannot.
 *
 * @param key RSA private key
 * @returns undefined when the key does not fit; why is not told
 * @see RFC 8017 §7.1.2
 */
export async function decryptOaep(
  key: JWK,
  way: OaepWay,
  label: Uint8Array,
  wrapped: Uint8Array,
): Promise<Uint8Array | undefined> {
  const numbers = numbersOf(key);
  if (numbers === undefined || wrapped.length !== numbers.bytes) return undefined;
  const message = decryptNumber(bytesToNumber(wrapped), numbers);
  return message === undefined ? undefined : await decode(numberToBytes(message, numbers.bytes), label, way);
}
