import type { RequestHandler } from "express";
import type { Emission } from "../emission/emission.ts";
import { makeBoundedMap } from "./bounded-map.ts";
import { makeRealm, type RealmSettings } from "./realm.ts";
import { realmRouter } from "./realm-routes.ts";

/** One emission that has an issuer of its own. */
export interface CatalogueEntry {
  readonly id: string;
  readonly title: string;
  readonly emission: Emission;
}

/** What fault issuers are made from. */
export interface FaultIssuerSettings extends Omit<RealmSettings, "base"> {
  /** `http://127.0.0.1:PORT`. */
  readonly origin: () => string;
  readonly catalogue: () => Promise<readonly CatalogueEntry[]>;
}

/** Issuers that are kept at a time; whoever comes back to an older one finds it made anew, without its sessions. */
const LIMIT = 200;

/**
 * Makes the routes under `/fault`: `/fault/<id>` is an IdP of its own, with discovery and metadata, that says what the
 * catalogue's entry says and nothing else unless the person chooses so.
 */
export function faultIssuers(settings: FaultIssuerSettings): RequestHandler {
  const routers = makeBoundedMap<RequestHandler>(LIMIT);
  const make = async (id: string): Promise<RequestHandler | undefined> => {
    const entry = (await settings.catalogue()).find((one) => one.id === id);
    if (entry === undefined) return undefined;
    const realm = makeRealm({ ...settings, base: () => `${settings.origin()}/fault/${id}` });
    realm.parts.choices.use(entry.emission);
    const router = realmRouter(realm);
    routers.put(id, router);
    return router;
  };
  return async (request, response, next) => {
    const id = request.params["id"];
    if (typeof id !== "string") return next();
    const router = routers.get(id) ?? (await make(id));
    if (router === undefined) return next();
    return await router(request, response, next);
  };
}
