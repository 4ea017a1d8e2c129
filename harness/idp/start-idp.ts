import { createServer, type RequestListener, type Server } from "node:http";
import { makeEmissionKeys } from "../emission/keys.ts";
import { HarnessError } from "../errors.ts";
import type { AppParts } from "./app.ts";
import { makeCatalogue } from "./catalogue.ts";
import { makeControl } from "./control.ts";
import { entraStandIn } from "./eam.ts";
import { eamIssuer } from "./eam-discovery.ts";
import { makeInUse } from "./in-use.ts";
import { makeJournal } from "./journal.ts";
import type { IdpTrust, MockIdp, StartIdpOptions } from "./mock-idp.ts";
import { makeRealm, type Realm } from "./realm.ts";
import { wsFedIssuer } from "./wsfed-metadata.ts";

const HOST = "127.0.0.1";

function isPortTaken(error: Error): boolean {
  return "code" in error && error.code === "EADDRINUSE";
}

/** Listens, and resolves with the port taken. */
async function listen(server: Server, port: number): Promise<number> {
  return await new Promise((resolve, reject) => {
    server.once("error", (cause) => {
      const taken = new HarnessError(
        "ERR_PORT_IN_USE",
        `port ${port} on ${HOST} is taken by another program`,
        "Choose another port, or 0 for any free one.",
        { cause },
      );
      reject(isPortTaken(cause) ? taken : cause);
    });
    server.listen(port, HOST, () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

async function stop(server: Server): Promise<void> {
  if (!server.listening) return;
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
}

/** A server whose application is loaded by the first request: a run that only hands artifacts over has none. */
function makeServer(parts: AppParts): Server {
  let loading: Promise<RequestListener> | undefined;
  const load = async (): Promise<RequestListener> => (await import("./app.ts")).makeApp(parts);
  return createServer((request, response) => {
    (loading ??= load()).then(
      (app) => app(request, response),
      (error: unknown) => response.destroy(error instanceof Error ? error : undefined),
    );
  });
}

async function trustIn({ parts, oidc, saml, eam }: Realm): Promise<IdpTrust> {
  const base = parts.base();
  const { published, ec, ed } = parts.keys;
  await Promise.all([published(), ec(), ed()]);
  return {
    oidcIssuer: `${base}/oidc`,
    get jwks() {
      return oidc.keySet.soFar();
    },
    samlEntityId: `${base}/saml/metadata`,
    samlCertificate: await saml.credentials.certificate(),
    wsFedIssuer: wsFedIssuer(base),
    eamIssuer: eamIssuer(base),
    get eamJwks() {
      return eam.keySet.soFar();
    },
  };
}

function tokenOf({ api = {} }: StartIdpOptions): string | undefined {
  if (api.token !== "") return api.token;
  throw new HarnessError("ERR_USAGE", "the token of the live API is empty", "Give it one, or leave it out.");
}

/**
 * Starts the mock IdP on 127.0.0.1.
 *
 * @throws HarnessError `ERR_PORT_IN_USE` when another program listens on the port, or what is wrong with the metadata of
 * a service provider
 */
export async function startIdp(options: StartIdpOptions = {}): Promise<MockIdp> {
  const now = options.now ?? ((): number => Math.floor(Date.now() / 1000));
  let origin = `http://${HOST}`;
  const settings = {
    now,
    keys: makeEmissionKeys(),
    relyingParties: options.relyingParties ?? [],
    serviceProviderMetadata: options.serviceProviderMetadata ?? [],
    wsFedRealms: options.wsFedRealms ?? [],
    eam: options.eam ?? {},
    standIn: entraStandIn(options.eam ?? {}),
  };
  const realm = makeRealm({ ...settings, base: () => origin });
  await realm.saml.serviceProviders;
  const catalogue = makeCatalogue(options.catalogue);
  const inUse = makeInUse(realm.parts.choices);
  const journal = makeJournal({ now, scenarioOf: inUse.scenarioOf });
  const entries = { catalogue: catalogue.all, findEntry: catalogue.find };
  const faults = { ...settings, ...entries, root: realm, origin: () => origin };
  const control = makeControl({ realm, journal, inUse, catalogue });
  const guard = { token: tokenOf(options), loopbackOnly: true };
  const server = makeServer({ journal, realm, faults, api: { control, guard } });
  const port = await listen(server, options.port ?? 0);
  origin = `http://${HOST}:${port}`;
  const close = (): Promise<void> => stop(server);
  return { ...control, origin, port, trust: await trustIn(realm), stop: close, [Symbol.asyncDispose]: close };
}
