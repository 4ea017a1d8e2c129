import type { CryptoKey } from "jose";

const imported = new WeakMap<object, Map<string, Promise<CryptoKey | undefined>>>();

/**
 * Imports a key once for each owner and name; a key that cannot be imported counts as none.
 *
 * @param owner what the key belongs to, e.g. its JWK; the key is forgotten with it
 * @param name what tells the keys of one owner apart, e.g. the algorithm
 */
export function importOnce(
  owner: object,
  name: string,
  load: () => Promise<CryptoKey | undefined>,
): Promise<CryptoKey | undefined> {
  const known = imported.get(owner) ?? new Map<string, Promise<CryptoKey | undefined>>();
  imported.set(owner, known);
  const key = known.get(name) ?? load().catch(() => undefined);
  known.set(name, key);
  return key;
}
