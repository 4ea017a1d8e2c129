import type { Adapter, AdapterFactory, AdapterPayload } from "oidc-provider";
import { makeBoundedMap } from "./bounded-map.ts";
import type { RelyingParties } from "./oidc-relying-parties.ts";
import { strangerMetadata } from "./oidc-strangers.ts";

/** Entries of one kind (sessions, codes, refresh tokens …) that are kept; the oldest go first. */
const LIMIT = 2000;

function relyingPartyAdapter(relyingParties: RelyingParties): Adapter {
  return { ...memoryAdapter(), find: async (id) => relyingParties.find(id) ?? strangerMetadata(id) };
}

function memoryAdapter(): Adapter {
  const entries = makeBoundedMap<AdapterPayload>(LIMIT);
  const uids = makeBoundedMap<string>(LIMIT);
  return {
    find: async (id) => entries.get(id),
    findByUid: async (uid) => entries.get(uids.get(uid) ?? ""),
    findByUserCode: async (userCode) => entries.values().find((entry) => entry.userCode === userCode),
    upsert: async (id, payload) => {
      entries.put(id, payload);
      if (payload.uid !== undefined) uids.put(payload.uid, id);
    },
    consume: async (id) => {
      const entry = entries.get(id);
      if (entry !== undefined) entry.consumed = Math.floor(Date.now() / 1000);
    },
    destroy: async (id) => entries.remove(id),
    revokeByGrantId: async (grantId) => {
      const revoked = entries.values().filter((entry) => entry.grantId === grantId);
      for (const { jti } of revoked) entries.remove(jti ?? "");
    },
  };
}

/** Storage for oidc-provider: in memory and bounded; relying parties are looked up where they are registered, and others are strangers. */
export function makeAdapterFactory(relyingParties: RelyingParties): AdapterFactory {
  return (kind) => (kind === "Client" ? relyingPartyAdapter(relyingParties) : memoryAdapter());
}
