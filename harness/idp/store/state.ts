import { randomBytes } from "node:crypto";
import type { AllClientMetadata } from "oidc-provider";
import { makeRotatingKeys, type RotatingKeys } from "../../emission/keys/key-rotation.ts";
import { type EmissionKeys, makeEmissionKeys } from "../../emission/keys/keys.ts";
import { type Choices, makeChoices } from "../choices.ts";
import type { ClockState } from "../clock.ts";
import { type InUse, makeInUse } from "../in-use.ts";
import { type IssuedRecord, makeIssuedRecord } from "../issued-record.ts";
import { makeSharedJournal, type SharedJournal } from "../journal/shared.ts";
import type { KeepAuthority } from "./kept-keys.ts";
import { madeOnce, type Mirror, type SharedStore, type Store } from "./store.ts";

/** The state of one mock IdP: its own, or what it has in common with other replicas. */
export interface IdpState {
  readonly keys: RotatingKeys;
  /** Those of the stand-in for Entra. */
  readonly standInKeys: EmissionKeys;
  readonly choices: Choices;
  readonly inUse: InUse;
  readonly issued: IssuedRecord;
  /** The moment that certificates are valid around; absent: when each is made. */
  readonly certifiedAt?: () => number;
  /** Signs the cookies of oidc-provider; absent, as all below but the last: there are no other replicas. */
  readonly cookieKey?: string;
  /** Relying parties that were registered while running. */
  readonly registered?: Mirror<AllClientMetadata>;
  readonly clock?: Mirror<ClockState>;
  readonly journal?: SharedJournal;
  readonly store?: Store;
  readonly replicas?: Omit<SharedStore, "store">;
  /** Keeps the authority of certificates for TLS; absent: each start makes one. */
  readonly keepAuthority?: KeepAuthority;
}

const SECRETS = { limit: 10, ttlSeconds: Number.POSITIVE_INFINITY };

function newSecret(): string {
  return randomBytes(32).toString("hex");
}

function stateInMemory(): IdpState {
  const choices = makeChoices();
  return {
    keys: makeRotatingKeys(),
    standInKeys: makeEmissionKeys(),
    choices,
    inUse: makeInUse(choices),
    issued: makeIssuedRecord(choices),
  };
}

async function stateOf({ store, ...replicas }: SharedStore, now: () => number): Promise<IdpState> {
  const choices = makeChoices(store);
  const secrets = store.shelf<string>("secrets", SECRETS);
  const moments = store.shelf<number>("moments", SECRETS);
  const { makeSharedFirstKey, makeSharedKeys } = await import("./shared-keys.ts");
  const [keys, journalKey, cookieKey, began] = await Promise.all([
    makeSharedKeys(store),
    madeOnce(secrets, "journal", newSecret),
    madeOnce(secrets, "cookies", newSecret),
    madeOnce(moments, "began", now),
  ]);
  const state = {
    keys,
    standInKeys: makeSharedFirstKey(store.within("entra")),
    choices,
    inUse: makeInUse(choices, store),
    issued: makeIssuedRecord(choices, store),
    cookieKey,
    certifiedAt: () => began,
    registered: store.mirror<AllClientMetadata>("registered"),
    clock: store.mirror<ClockState>("clock"),
    journal: makeSharedJournal(store, journalKey),
    store,
    replicas,
  };
  await replicas.catchUp();
  return state;
}

/** In memory but for the keys, which stay in a folder. */
async function stateWithKeptKeys(folder: string, now: () => number): Promise<IdpState> {
  const { openKeptKeys } = await import("./kept-keys.ts");
  return { ...stateInMemory(), ...(await openKeptKeys(folder, now)) };
}

/** Where the state of a mock IdP lies; neither: in memory. */
export interface StatePlace {
  /** URL. */
  readonly redis?: string | undefined;
  /** Folder that keeps the keys; not asked where there is Redis, which keeps them, too. */
  readonly stateFolder?: string | undefined;
}

/**
 * Makes the state of a mock IdP: in memory, or in Redis, where it finds what the other replicas left.
 *
 * @param now the clock of the start, seconds since the epoch
 * @throws HarnessError when Redis cannot be had, or the folder cannot be used
 */
export async function makeState(place: StatePlace, now: () => number): Promise<IdpState> {
  const { redis, stateFolder } = place;
  if (redis === undefined)
    return stateFolder === undefined ? stateInMemory() : await stateWithKeptKeys(stateFolder, now);
  const { openRedisStore } = await import("./redis-open.ts");
  const shared = await openRedisStore(redis);
  try {
    return await stateOf(shared, now);
  } catch (error) {
    await shared.close();
    throw error;
  }
}
