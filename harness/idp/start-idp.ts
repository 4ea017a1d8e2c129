import { createServer, type RequestListener, type Server } from "node:http";
import { makeEmissionKeys, publicJwk } from "../emission/keys.ts";
import { HarnessError } from "../errors.ts";
import type { AppParts } from "./app.ts";
import { eamIssuer } from "./eam-discovery.ts";
import type { CatalogueEntry } from "./fault-issuers.ts";
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

interface Running extends AppParts {
  readonly server: Server;
  readonly port: number;
  readonly trust: IdpTrust;
}

async function trustIn({ parts, saml, eam }: Realm): Promise<IdpTrust> {
  const base = parts.base();
  return {
    oidcIssuer: `${base}/oidc`,
    jwks: { keys: [publicJwk(await parts.keys.published())] },
    samlEntityId: `${base}/saml/metadata`,
    samlCertificate: await saml.credentials.certificate(),
    wsFedIssuer: wsFedIssuer(base),
    eamIssuer: eamIssuer(base),
    eamJwks: await eam.jwks(),
  };
}

function faceOf({ server, port, trust, journal, realm }: Running): MockIdp {
  const { parts, issued, oidc, saml, wsFed, eam } = realm;
  const { choices } = parts;
  const sides = { oidc, "partner-api": oidc, saml, wsfed: wsFed, eam };
  return {
    origin: parts.base(),
    port,
    trust,
    entra: eam.entra,
    offer: choices.offer,
    withdraw: (choice) => {
      choices.withdraw(choice);
      issued.forget(choice);
    },
    use: choices.use,
    reset: choices.reset,
    register: oidc.relyingParties.register,
    issued: issued.of,
    journal: journal.read,
    issue: (emission, request) => sides[emission.channel].issue(emission, request),
    stop: () => stop(server),
    [Symbol.asyncDispose]: () => stop(server),
  };
}

/** The scenarios that come with the package, read by the first request to a fault issuer. */
async function bundledCatalogue(): Promise<readonly CatalogueEntry[]> {
  const [{ loadScenarios }, { BUNDLED_SCENARIOS }] = await Promise.all([
    import("../scenario/load.ts"),
    import("../scenario/bundled.ts"),
  ]);
  return await loadScenarios([BUNDLED_SCENARIOS]);
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
  };
  const realm = makeRealm({ ...settings, base: () => origin });
  await realm.saml.serviceProviders;
  const catalogue = options.catalogue === undefined ? bundledCatalogue : async () => options.catalogue ?? [];
  const app = { journal: makeJournal(now), realm, faults: { ...settings, origin: () => origin, catalogue } };
  const server = makeServer(app);
  const port = await listen(server, options.port ?? 0);
  origin = `http://${HOST}:${port}`;
  return faceOf({ ...app, server, port, trust: await trustIn(realm) });
}
