import type { KeyName } from "../emission/keys/key-names.ts";
import { type EmissionKey, madeKeys } from "../emission/keys/keys.ts";
import type { Emission } from "../emission/emission.ts";
import { CHANNELS } from "../emission/channels.ts";
import type { IdpParts } from "./parts.ts";

/** A set of public keys as RFC 7517 writes it. */
export interface PublishedKeys {
  readonly keys: readonly Readonly<Record<string, unknown>>[];
}

/** One JWK Set of an IdP. */
export interface KeySet {
  /**
   * What is published now: every key, made for it if need be; a weak one only when an emission on offer names it, or
   * something was signed with it before.
   */
  readonly publish: () => Promise<PublishedKeys>;
  /** The keys of the set that were made so far: everything that was signed until now, verifies with them. */
  readonly soFar: () => PublishedKeys;
}

/** What the set holds, and how each key is shown. */
export interface KeySetContent {
  /** In their order; behind the first one, which signs, come those that signed before it. */
  readonly names: readonly KeyName[];
  readonly show: (key: EmissionKey) => PublishedKeys["keys"][number];
}

function isNamed(name: KeyName, { key, patch }: Emission): boolean {
  return key === name || patch.some((one) => one.op === "fill" && one.keys.includes(name));
}

/** Makes one JWK Set of a realm. No key is made before it is needed: an RSA pair takes longer than the rest of a start. */
export function makeKeySet({ names, show }: KeySetContent, { keys, choices }: IdpParts): KeySet {
  let known: readonly EmissionKey[] = [];
  let shown: PublishedKeys = { keys: [] };
  const soFar = (): PublishedKeys => {
    const [signing, ...others] = madeKeys(keys, names);
    const made = signing === undefined ? [] : [signing, ...keys.retired(), ...others];
    // The same value until there is another key, so that a reader can keep what it made of it.
    if (made.length !== known.length || made.some((key, index) => key !== known[index])) {
      known = made;
      shown = { keys: made.map(show) };
    }
    return shown;
  };
  return {
    soFar,
    publish: async () => {
      const offered = choices.forChannels(CHANNELS);
      const wanted = names.filter(
        (name) => name !== "weak" || offered.some(({ emission }) => isNamed(name, emission)),
      );
      await Promise.all(wanted.map((name) => keys[name]()));
      return soFar();
    },
  };
}
