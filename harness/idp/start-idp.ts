import { randomBytes } from "node:crypto";
import type { RequestListener } from "node:http";
import { late } from "../emission/late.ts";
import { HarnessError } from "../errors.ts";
import { type Address, readAddress } from "./address.ts";
import type { AppParts } from "./app.ts";
import { makeCatalogue } from "./catalogue.ts";
import { type Clock, machineClock, makeClock } from "./clock.ts";
import { makeControl } from "./control.ts";
import { entraStandIn } from "./eam/side.ts";
import { type Journal, makeJournal } from "./journal/journal.ts";
import { listen, stopListening } from "./listen.ts";
import type { MockIdp } from "./mock-idp.ts";
import type { StartIdpOptions } from "./start-options.ts";
import { makeRealm, type Realm, type RealmSettings } from "./realm.ts";
import { makeServer } from "./server.ts";
import { type IdpState, makeState } from "./store/state.ts";
import type { TlsIdentity } from "./tls-certificates.ts";
import { trustIn } from "./trust.ts";

/** What the live API demands: whoever is not on this machine has to know something. */
function tokenOf({ api = {} }: StartIdpOptions, { loopbackOnly }: Address): string | undefined {
  if (api.token === "") {
    throw new HarnessError(
      "ERR_USAGE",
      "the token of the live API is empty",
      "Give it one, or leave it out.",
    );
  }
  return api.token ?? (loopbackOnly ? undefined : randomBytes(24).toString("base64url"));
}

/** Clients look at the clock of their machine, wherever that of the IdP stands. */
async function tlsOf(
  { https, names }: Address,
  clock: Clock,
  { keepAuthority }: IdpState,
): Promise<TlsIdentity | undefined> {
  if (!https) return undefined;
  const { makeTlsAuthority, makeTlsIdentity } = await import("./tls-certificates.ts");
  const { now, ahead } = clock.read();
  const moments = [now, now - ahead] as const;
  const make = async () => await makeTlsAuthority(names, moments);
  return await makeTlsIdentity(names, moments, (await keepAuthority?.(names, make)) ?? (await make()));
}

async function overridesOf({ overrides = [] }: StartIdpOptions): Promise<RealmSettings["overrides"]> {
  // What reads them brings the schema's library, which a start does without.
  return overrides.length === 0 ? [] : (await import("./overrides.ts")).readOverrides(overrides);
}

function settingsOf(
  options: StartIdpOptions,
  { keys, standInKeys, store, certifiedAt, cookieKey }: IdpState,
): Omit<RealmSettings, "base" | "now" | "ahead" | "overrides"> {
  return {
    signIn: options.signIn,
    relyingParties: options.relyingParties ?? [],
    serviceProviderMetadata: options.serviceProviderMetadata ?? [],
    wsFedRealms: options.wsFedRealms ?? [],
    eam: options.eam ?? {},
    standIn: entraStandIn(options.eam ?? {}, standInKeys),
    keys: keys.keys,
    store,
    certifiedAt,
    cookieKey,
  };
}

function loaderOf(parts: AppParts, readiness: Readiness): () => Promise<RequestListener> {
  const load = late(async () => (await import("./app.ts")).makeApp(parts));
  // If it cannot be had, the first request says why.
  if (readiness === "at once") load().catch(() => undefined);
  return load;
}

/** What the API reads where replicas may have more to tell than this one. */
function recordsOf({ issued }: Realm, journal: Journal, { replicas }: IdpState): AppParts["records"] {
  return { issued: issued.ofAll, journal: journal.readAll, settled: async () => await replicas?.settled() };
}

/** When what answers by HTTP is loaded: while the keys are made, or by the first request. */
type Readiness = "at once" | "when asked";

interface Start {
  readonly address: Address;
  readonly state: IdpState;
  readonly readiness: Readiness;
}

async function start(options: StartIdpOptions, { address, state, readiness }: Start): Promise<MockIdp> {
  const token = tokenOf(options, address);
  const clock = makeClock(options.now, state.clock);
  const now = (): number => clock.read().now;
  let origin = address.baseAt(0);
  const { choices, inUse, issued, registered, replicas, keys } = state;
  // Another thread makes it, as long as what is loaded meanwhile takes.
  keys.keys.published().catch(() => undefined);
  const settings = { ...settingsOf(options, state), now, ahead: () => clock.read().ahead, overrides: [] };
  const own = { offer: { choices, issued }, registered, overrides: await overridesOf(options) };
  const realm = makeRealm({ ...settings, ...own, base: () => origin });
  await realm.saml.serviceProviders;
  const catalogue = makeCatalogue(options.catalogue);
  const journal = makeJournal({ now, scenarioOf: inUse.scenarioOf, shared: state.journal });
  const entries = { catalogue: catalogue.all, findEntry: catalogue.find };
  const faults = { ...settings, ...entries, root: realm, origin: () => origin };
  const control = makeControl({ realm, journal, inUse, catalogue, clock, rotateKeys: keys.rotate });
  const api = { control, guard: { token, loopbackOnly: address.loopbackOnly } };
  const records = recordsOf(realm, journal, state);
  const parts = { journal, realm, faults, api, records, catchUp: replicas?.catchUp };
  const load = loaderOf(parts, readiness);
  const tls = await tlsOf(address, clock, state);
  const server = await makeServer({ load, base: () => origin, tls });
  const port = await listen(server, address.host, options.port ?? 0);
  origin = address.baseAt(port);
  const close = async (): Promise<void> => {
    await stopListening(server);
    await replicas?.close();
  };
  return {
    ...control,
    origin,
    port,
    trust: await trustIn(realm),
    caCertificate: tls?.authority,
    apiToken: token,
    stop: close,
    [Symbol.asyncDispose]: close,
  };
}

async function startWith(options: StartIdpOptions, readiness: Readiness): Promise<MockIdp> {
  const address = readAddress(options);
  const state = await makeState(options, options.now ?? machineClock);
  try {
    return await start(options, { address, state, readiness });
  } catch (error) {
    await state.replicas?.close();
    throw error;
  }
}

/**
 * Starts the mock IdP, on 127.0.0.1 unless it is told otherwise.
 *
 * @throws HarnessError `ERR_PORT_IN_USE` when another program listens on the port, `ERR_USAGE` when it cannot be found
 * where it shall be, `ERR_REDIS_UNREACHABLE`, or what is wrong with the overrides or the metadata of a service provider
 */
export async function startIdp(options: StartIdpOptions = {}): Promise<MockIdp> {
  return await startWith(options, "at once");
}

/** The same for a run, which may only hand artifacts over: what answers by HTTP is loaded by the first request. */
export async function startIdpToHandOver(options: StartIdpOptions = {}): Promise<MockIdp> {
  return await startWith(options, "when asked");
}
