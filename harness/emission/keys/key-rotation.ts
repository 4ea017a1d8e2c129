import { type EmissionKey, type EmissionKeys, type LateKey, makeEmissionKeys } from "./keys.ts";

/** How a key makes way for the next one. */
export interface KeyRotation {
  /** Whether the key so far stays in every JWK Set and in the metadata, beside those of earlier rotations. */
  readonly overlap: boolean;
}

/** Keys whose `published` one can be rotated. */
export interface RotatingKeys {
  readonly keys: EmissionKeys;
  /** Puts a new key, under a new `kid`, in the place of `published`. */
  readonly rotate: (how: KeyRotation) => Promise<void>;
}

/** Keys that stay published at a time beside the one that signs; the oldest go first. */
const RETIRED_LIMIT = 3;

/**
 * Makes the keys of one mock IdP; nothing but a rotation changes one.
 *
 * @param first what it begins with; default: new ones
 */
export function makeRotatingKeys(first: EmissionKeys = makeEmissionKeys()): RotatingKeys {
  let current: LateKey = first.published;
  let retired: readonly EmissionKey[] = [];
  let rotating: Promise<void> = Promise.resolve();
  const rotate = async ({ overlap }: KeyRotation): Promise<void> => {
    const next = makeEmissionKeys().published;
    const [before] = await Promise.all([current(), next()]);
    current = next;
    retired = overlap ? [before, ...retired].slice(0, RETIRED_LIMIT) : [];
  };
  const published = Object.assign(async () => await current(), { made: () => current.made() });
  return {
    keys: { ...first, published, retired: () => retired },
    // One after the other: two at once would both retire the same key, and lose one of the new ones.
    rotate: async (how) => await (rotating = rotating.then(async () => await rotate(how))),
  };
}
