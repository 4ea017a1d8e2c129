import type { Random } from "./random.ts";

type Mutation = (bytes: Buffer, random: Random, dictionary: readonly [string, ...string[]]) => Buffer;

const MAX_CHUNK = 400;

/** A stretch of the bytes: short ones more often than long ones. */
function stretch(bytes: Buffer, random: Random): readonly [from: number, to: number] {
  const from = random.below(bytes.length);
  return [from, Math.min(bytes.length, from + 1 + random.below(1 + random.below(MAX_CHUNK)))];
}

function replace(bytes: Buffer, [from, to]: readonly [number, number], by: Uint8Array): Buffer {
  return Buffer.concat([bytes.subarray(0, from), by, bytes.subarray(to)]);
}

function insert(bytes: Buffer, at: number, what: Uint8Array): Buffer {
  return replace(bytes, [at, at], what);
}

const MUTATIONS: readonly [Mutation, ...Mutation[]] = [
  // Flips one bit.
  (bytes, random) => {
    const at = random.below(bytes.length);
    const flipped = (bytes[at] ?? 0) ^ (1 << random.below(8));
    return replace(bytes, [at, at + 1], Uint8Array.of(flipped));
  },
  // Puts any byte in the place of another.
  (bytes, random) => {
    const at = random.below(bytes.length);
    return replace(bytes, [at, at + 1], Uint8Array.of(random.below(256)));
  },
  // Inserts bytes that are mostly text.
  (bytes, random) => {
    const some = Uint8Array.from({ length: 1 + random.below(8) }, () =>
      random.below(random.pick([128, 256])),
    );
    return insert(bytes, random.below(bytes.length + 1), some);
  },
  // Deletes a stretch.
  (bytes, random) => replace(bytes, stretch(bytes, random), Uint8Array.of()),
  // Copies a stretch to somewhere else, or next to itself.
  (bytes, random) => {
    const [from, to] = stretch(bytes, random);
    return insert(bytes, random.pick([to, random.below(bytes.length + 1)]), bytes.subarray(from, to));
  },
  // Puts one stretch in the place of another.
  (bytes, random) => replace(bytes, stretch(bytes, random), bytes.subarray(...stretch(bytes, random))),
  // Inserts a word that means something to a parser.
  (bytes, random, dictionary) =>
    insert(bytes, random.below(bytes.length + 1), Buffer.from(random.pick(dictionary))),
  // Puts such a word in the place of a stretch.
  (bytes, random, dictionary) => replace(bytes, stretch(bytes, random), Buffer.from(random.pick(dictionary))),
  // Inserts such a word where a tag, a member or a segment ends: there it is most likely to be well-formed.
  (bytes, random, dictionary) => {
    const ends = [
      bytes.indexOf(">", random.below(bytes.length)),
      bytes.indexOf(",", random.below(bytes.length)),
    ];
    const at = Math.max(...ends) + 1;
    return insert(bytes, at, Buffer.from(random.pick(dictionary)));
  },
  // Cuts the end off.
  (bytes, random) => bytes.subarray(0, random.below(bytes.length)),
];

/** Changes bytes in one to three ways; what comes of it may by chance be what it was. */
export function mutate(bytes: Buffer, random: Random, dictionary: readonly [string, ...string[]]): Buffer {
  let mutant = bytes;
  for (let left = random.pick([1, 1, 1, 2, 3]); left > 0; left -= 1) {
    mutant = random.pick(MUTATIONS)(mutant.length === 0 ? bytes : mutant, random, dictionary);
  }
  return mutant;
}
