import type { CryptoKey, JWK } from "jose";
import { exportJWK } from "jose/key/export";
import { decodeBase64url } from "./jwt-base64url.ts";
import { bytesToNumber } from "./big-number.ts";

/** Longest public exponent, bits (FIPS 186-5 §A.1.1): a longer one is no sound key and costs whoever checks with it. */
const MAX_EXPONENT_BITS = 256;

/** Infineon's generator made every modulus a power of this number modulo small primes (CVE-2017-15361). */
const ROCA_GENERATOR = 65_537;

/** Largest prime that the test looks at: up to here it finds the keys of every length (Nemec et al., 2017, §3). */
const ROCA_LAST_PRIME = 167;

function primesUpTo(last: number): readonly number[] {
  const primes: number[] = [];
  for (let each = 2; each <= last; each += 1) {
    if (primes.every((prime) => each % prime !== 0)) primes.push(each);
  }
  return primes;
}

function powersModulo(prime: number): ReadonlySet<number> {
  const powers = new Set<number>();
  for (let power = 1; !powers.has(power); power = (power * ROCA_GENERATOR) % prime) powers.add(power);
  return powers;
}

/** For each prime the remainders that such a modulus may have; a random one hits all of them once in 2^27 keys. */
const ROCA_REMAINDERS = primesUpTo(ROCA_LAST_PRIME).map((prime) => {
  return { prime: BigInt(prime), powers: powersModulo(prime) };
});

function isRoca(modulus: bigint): boolean {
  return ROCA_REMAINDERS.every(({ prime, powers }) => powers.has(Number(modulus % prime)));
}

function flawOf({ n = "", e = "" }: JWK): string | undefined {
  const [modulus, exponent] = [n, e].map((each) => bytesToNumber(decodeBase64url(each) ?? new Uint8Array()));
  if (modulus === undefined || exponent === undefined) return undefined;
  if (exponent < 3n || exponent % 2n === 0n) {
    return `has the public exponent ${exponent.toString().slice(0, 20)}, with which anybody can sign; it must be odd and at least 3`;
  }
  if (exponent.toString(2).length > MAX_EXPONENT_BITS) {
    return `has a public exponent of more than ${MAX_EXPONENT_BITS} bits`;
  }
  if (modulus % 2n === 0n) return "has an even modulus";
  return isRoca(modulus)
    ? "has the fingerprint of a generator whose keys can be factored (ROCA, CVE-2017-15361)"
    : undefined;
}

const known = new WeakMap<CryptoKey, Promise<string | undefined>>();

function flaw(key: CryptoKey): Promise<string | undefined> {
  const found = known.get(key) ?? exportJWK(key).then(flawOf);
  known.set(key, found);
  return found;
}

function bitsOf({ algorithm }: CryptoKey): number | undefined {
  const bits = "modulusLength" in algorithm ? algorithm.modulusLength : undefined;
  return typeof bits === "number" ? bits : undefined;
}

/**
 * What is weak about an RSA key, to be read after "the key"; undefined for a sound one, and for keys of other kinds.
 *
 * @param key public and exportable
 * @param minBits shortest modulus that is accepted
 */
export async function rsaWeakness(key: CryptoKey, minBits: number): Promise<string | undefined> {
  const bits = bitsOf(key);
  if (bits === undefined) return undefined;
  return bits < minBits ? `has ${bits} bits; ${minBits} are the least` : await flaw(key);
}
