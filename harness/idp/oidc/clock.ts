import type { Adapter, AdapterFactory, AdapterPayload, KoaContextWithOIDC, Provider } from "oidc-provider";

/** Tells by how many seconds the IdP's clock is ahead of the machine's, which is the only one that oidc-provider reads. */
type Ahead = () => number;

/** Members that hold a moment. */
const MOMENTS = ["exp", "iat", "iiat", "loginTs", "nbf"] as const;

function moved<Payload extends object>(payload: Payload, seconds: number): Payload {
  if (seconds === 0) return payload;
  const times = MOMENTS.flatMap((name) => {
    const time: unknown = Reflect.get(payload, name);
    return typeof time === "number" ? [[name, time + seconds] as const] : [];
  });
  return { ...payload, ...Object.fromEntries(times) };
}

function movingAdapter(adapter: Adapter, ahead: Ahead): Adapter {
  const read = async (finding: Promise<AdapterPayload | undefined | void>) => {
    const found = await finding;
    return found === undefined ? undefined : moved(found, -ahead());
  };
  return {
    upsert: async (id, payload, expiresIn) => await adapter.upsert(id, moved(payload, ahead()), expiresIn),
    find: async (id) => await read(adapter.find(id)),
    findByUid: async (uid) => await read(adapter.findByUid(uid)),
    findByUserCode: async (userCode) => await read(adapter.findByUserCode(userCode)),
    consume: async (id) => await adapter.consume(id),
    destroy: async (id) => await adapter.destroy(id),
    revokeByGrantId: async (grantId) => await adapter.revokeByGrantId(grantId),
  };
}

/**
 * Makes what oidc-provider keeps follow the clock of the IdP: it is kept with the times of that clock and handed out with
 * those of the machine's, so that a code is too old, and a sign-in too long ago, when the clock of the IdP says so.
 */
export function onClock(storage: AdapterFactory, ahead: Ahead): AdapterFactory {
  return (kind) => {
    const adapter = storage(kind);
    return kind === "Client" ? adapter : movingAdapter(adapter, ahead);
  };
}

/** Makes the one answer of oidc-provider that tells moments, of introspection, tell those of the IdP's clock. */
export function tellTimes(provider: Provider, ahead: Ahead): void {
  provider.use<object, Pick<KoaContextWithOIDC, "oidc">>(async (ctx, next) => {
    await next();
    const body: unknown = ctx.body;
    if (ctx.oidc?.route !== "introspection" || typeof body !== "object" || body === null) return;
    ctx.body = moved(body, ahead());
  });
}
