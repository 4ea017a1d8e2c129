import { createPrivateKey, createPublicKey } from "node:crypto";
import type { KeyName } from "../../emission/keys/key-names.ts";
import type { RotatingKeys } from "../../emission/keys/key-rotation.ts";
import {
  type EmissionKey,
  type EmissionKeys,
  type LateKey,
  makeEmissionKeys,
} from "../../emission/keys/keys.ts";
import { madeOnce, type Mirror, type Store } from "./store.ts";

/** A key pair as it lies in a store. */
interface StoredKey {
  readonly kid: string;
  /** PKCS #8, PEM. */
  readonly privateKey: string;
  readonly onlyFor?: "RS256";
}

/** What signs now, and what did before and is still published. */
interface StoredRotation {
  readonly current: StoredKey;
  readonly retired: readonly StoredKey[];
}

/** Until somebody empties the store: a key that ran out would change under the eyes of every relying party. */
const BOUNDS = { limit: 100, ttlSeconds: Number.POSITIVE_INFINITY };

/** As many as rotation keeps in memory. */
const RETIRED_LIMIT = 3;

function pack({ kid, privateKey, onlyFor }: EmissionKey): StoredKey {
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  return { kid, privateKey: pem, ...(onlyFor === undefined ? {} : { onlyFor }) };
}

function unpack({ kid, privateKey: pem, onlyFor }: StoredKey): EmissionKey {
  const privateKey = createPrivateKey(pem);
  const pair = { kid, privateKey, publicKey: createPublicKey(privateKey) };
  return onlyFor === undefined ? pair : { ...pair, onlyFor };
}

/** Shown as made from the first: each replica publishes the same set, whichever of them signed with what. */
function alwaysMade(find: () => EmissionKey): LateKey {
  return Object.assign(async () => find(), { made: find });
}

/** A key that is fetched, or made, when it is first asked for, and shown from then on. */
function madeWhenAsked(fetch: () => Promise<EmissionKey>): LateKey {
  let fetched: EmissionKey | undefined;
  let fetching: Promise<EmissionKey> | undefined;
  const start = async (): Promise<EmissionKey> => (fetched = await fetch());
  return Object.assign(async () => await (fetching ??= start()), { made: () => fetched });
}

/** Reads a stored key once; it is the same value as long as it is the same key. */
function makeReader(): (stored: StoredKey) => EmissionKey {
  const read = new Map<string, EmissionKey>();
  return (stored) => {
    const key = read.get(stored.kid) ?? unpack(stored);
    read.set(stored.kid, key);
    return key;
  };
}

function rotating(first: StoredKey, rotations: Mirror<StoredRotation>): RotatingKeys["rotate"] {
  return async ({ overlap }) => {
    const next = await makeEmissionKeys().published();
    const { current, retired } = rotations.get("published") ?? { current: first, retired: [] };
    const kept = overlap ? [current, ...retired].slice(0, RETIRED_LIMIT) : [];
    rotations.put("published", { current: pack(next), retired: kept });
  };
}

/** Finds a key in the store, or makes it for all. */
function makeFinder(store: Store): (name: KeyName) => Promise<StoredKey> {
  const shelf = store.shelf<StoredKey>("keys", BOUNDS);
  const fresh = makeEmissionKeys();
  return async (name) => await madeOnce(shelf, name, async () => pack(await fresh[name]()));
}

/** Makes the keys of replicas that sign as one: each is made by whoever comes first, and rotated for all. */
export async function makeSharedKeys(store: Store): Promise<RotatingKeys> {
  const find = makeFinder(store);
  const rotations = store.mirror<StoredRotation>("key-rotations");
  const read = makeReader();
  const late = (name: KeyName): LateKey => madeWhenAsked(async () => read(await find(name)));
  const [first, next, ec, ed] = await Promise.all([find("published"), find("next"), find("ec"), find("ed")]);
  const keys = {
    published: alwaysMade(() => read(rotations.get("published")?.current ?? first)),
    next: alwaysMade(() => read(next)),
    ec: alwaysMade(() => read(ec)),
    ed: alwaysMade(() => read(ed)),
    weak: late("weak"),
    stranger: late("stranger"),
    "other-issuer": late("other-issuer"),
    retired: () => (rotations.get("published")?.retired ?? []).map(read),
  };
  return { keys, rotate: rotating(first, rotations) };
}

/** Makes keys of which replicas have only the first one in common. */
export function makeSharedFirstKey(store: Store): EmissionKeys {
  const find = makeFinder(store);
  return { ...makeEmissionKeys(), published: madeWhenAsked(async () => unpack(await find("published"))) };
}
