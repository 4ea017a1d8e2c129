import type { RequestHandler } from "express";
import type { Emission } from "../emission/emission.ts";
import { makeBoundedMap } from "./store/bounded-map.ts";
import type { CatalogueEntry } from "./catalogue.ts";
import type { Choices } from "./choices.ts";
import { makeRealm, type Realm, type RealmSettings } from "./realm.ts";
import { realmRouter } from "./realm-routes.ts";
import type { Store } from "./store/store.ts";

/** What fault issuers are made from. */
export interface FaultIssuerSettings extends Omit<RealmSettings, "base" | "offer" | "registered"> {
  /** Where the IdP at `/` lives, no slash at the end. */
  readonly origin: () => string;
  /** The IdP at `/`: what it offers has an issuer of its own, and its relying parties are known to every issuer. */
  readonly root: Realm;
  readonly catalogue: () => Promise<readonly CatalogueEntry[]>;
  /** The entry of an id, without reading all the others. */
  readonly findEntry: (id: string) => Promise<CatalogueEntry | undefined>;
}

/** Issuers that are kept at a time; whoever comes back to an older one finds it made anew, without its sessions. */
const LIMIT = 200;

/** The offer of the IdP at `/`, with one emission preselected for its channel. */
function preferring(choice: string, { channel }: Emission, choices: Choices): Choices {
  const preselected: Choices["preselected"] = (channels) =>
    channels.includes(channel) ? choice : choices.preselected(channels);
  return { ...choices, preselected };
}

/** An issuer keeps its state apart from the others', for every replica; undefined: in memory. */
function storeOf(id: string, { store }: FaultIssuerSettings): Store | undefined {
  return store?.within(`fault:${id}`);
}

/** What the IdP at `/` offers; the record of what is issued is its own, too. */
function realmOfChoice(choice: string, settings: FaultIssuerSettings, base: () => string): Realm | undefined {
  const { parts, issued } = settings.root;
  const emission = parts.choices.get(choice);
  if (emission === undefined) return undefined;
  const offer = { choices: preferring(choice, emission, parts.choices), issued };
  return makeRealm({ ...settings, store: storeOf(choice, settings), base, offer });
}

async function realmOfEntry(
  id: string,
  settings: FaultIssuerSettings,
  base: () => string,
): Promise<Realm | undefined> {
  const entry = await settings.findEntry(id);
  if (entry === undefined) return undefined;
  const realm = makeRealm({ ...settings, store: storeOf(id, settings), base });
  realm.parts.choices.use(entry.emission, entry.title);
  return realm;
}

/** An issuer that is kept, and until when. */
interface Kept {
  readonly router: RequestHandler;
  /** Whether what it says is still on offer. */
  readonly lives: () => boolean;
}

/**
 * Makes the routes under `/fault`: `/fault/<id>` is an IdP of its own, with discovery and metadata.
 *
 * The id is that of an emission which the IdP at `/` offers, for as long as it does, or that of a catalogue's entry. The
 * issuer says what the emission says and nothing else unless the person chooses so. It knows the relying parties of the
 * IdP at `/`, those registered meanwhile too.
 */
export function faultIssuers(settings: FaultIssuerSettings): RequestHandler {
  const kept = makeBoundedMap<Kept>(LIMIT);
  const { oidc, parts } = settings.root;
  const make = async (id: string): Promise<Kept | undefined> => {
    const base = (): string => `${settings.origin()}/fault/${id}`;
    const offered = realmOfChoice(id, settings, base);
    const realm = offered ?? (await realmOfEntry(id, settings, base));
    if (realm === undefined) return undefined;
    const router = realmRouter({ ...realm, oidc: { ...realm.oidc, relyingParties: oidc.relyingParties } });
    const lives = (): boolean => offered === undefined || parts.choices.get(id) !== undefined;
    kept.put(id, { router, lives });
    return { router, lives };
  };
  return async (request, response, next) => {
    const id = request.params["id"];
    if (typeof id !== "string") return next();
    const issuer = kept.get(id) ?? (await make(id));
    if (issuer === undefined) return next();
    if (issuer.lives()) return await issuer.router(request, response, next);
    kept.remove(id);
    return next();
  };
}
