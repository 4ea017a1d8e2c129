import { type Adapter, type AdapterFactory, type AdapterPayload, errors } from "oidc-provider";
import type { RelyingParties } from "./relying-parties.ts";
import { strangerMetadata } from "./strangers.ts";
import type { Store } from "../store/store.ts";

/** Entries of one kind (sessions, codes, refresh tokens …) that are kept in memory; the oldest go first. */
const LIMIT = 2000;

/** Tokens of one grant; the oldest are no longer revoked with it. */
const TOKENS_OF_GRANT = 1000;

/** For what oidc-provider gives no lifetime; nothing it keeps here lives longer. */
const DAY_SECONDS = 86_400;

const BOUNDS = { limit: LIMIT, ttlSeconds: DAY_SECONDS };

function relyingPartyAdapter(relyingParties: RelyingParties, store: Store): Adapter {
  return {
    ...storeAdapter("Client", store),
    find: async (id) => relyingParties.find(id) ?? strangerMetadata(id),
  };
}

/**
 * The storage of one kind. Beside the entries lie their other names (uid, user code), the tokens of each grant, and a mark
 * on what was consumed: the mark is written once, so that a code that two replicas are asked for at a time is good for one.
 */
function storeAdapter(kind: string, store: Store): Adapter {
  const entries = store.shelf<AdapterPayload>(kind, BOUNDS);
  const uids = store.shelf<string>(`${kind}-uids`, BOUNDS);
  const userCodes = store.shelf<string>(`${kind}-user-codes`, BOUNDS);
  const consumed = store.shelf<number>(`${kind}-consumed`, BOUNDS);
  const grants = store.lists<string>(`${kind}-grants`, { ...BOUNDS, length: TOKENS_OF_GRANT });
  const find = async (id: string | undefined): Promise<AdapterPayload | undefined> => {
    if (id === undefined) return undefined;
    const [payload, at] = await Promise.all([entries.get(id), consumed.get(id)]);
    return payload === undefined || at === undefined ? payload : { ...payload, consumed: at };
  };
  return {
    find,
    findByUid: async (uid) => await find(await uids.get(uid)),
    findByUserCode: async (userCode) => await find(await userCodes.get(userCode)),
    upsert: async (id, payload, expiresIn) => {
      const { uid, userCode, grantId } = payload;
      await Promise.all([
        entries.put(id, payload, expiresIn),
        uid === undefined ? undefined : uids.put(uid, id, expiresIn),
        userCode === undefined ? undefined : userCodes.put(userCode, id, expiresIn),
        grantId === undefined ? undefined : grants.append(grantId, id),
      ]);
    },
    consume: async (id) => {
      if (await consumed.add(id, Math.floor(Date.now() / 1000))) return;
      throw new errors.InvalidGrant("it was used already");
    },
    destroy: async (id) => await entries.remove(id),
    revokeByGrantId: async (grantId) => {
      const ids = await grants.read(grantId);
      await Promise.all([...ids.map(entries.remove), grants.clear(grantId)]);
    },
  };
}

/** Storage for oidc-provider; relying parties are looked up where they are registered, and others are strangers. */
export function makeAdapterFactory(relyingParties: RelyingParties, store: Store): AdapterFactory {
  return (kind) =>
    kind === "Client" ? relyingPartyAdapter(relyingParties, store) : storeAdapter(kind, store);
}
