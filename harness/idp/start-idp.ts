import { createServer, type RequestListener, type Server } from "node:http";
import { makeEmissionKeys, publicJwk } from "../emission/keys.ts";
import { HarnessError } from "../errors.ts";
import type { AppParts } from "./app.ts";
import { makeChoices } from "./choices.ts";
import { eamIssuer } from "./eam-discovery.ts";
import { makeEamSide } from "./eam.ts";
import { makeIssuedRecord, type IssuedRecord } from "./issued-record.ts";
import { makeJournal } from "./journal.ts";
import type { IdpTrust, MockIdp, StartIdpOptions } from "./mock-idp.ts";
import { makeOidcSide } from "./oidc.ts";
import { renderSignIn } from "./pages/sign-in-page.ts";
import type { IdpParts } from "./parts.ts";
import { makeSamlSide } from "./saml.ts";
import { wsFedIssuer } from "./wsfed-metadata.ts";
import { makeWsFedSide } from "./wsfed.ts";

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
  readonly issued: IssuedRecord;
}

async function trustIn({ parts, saml, eam }: AppParts): Promise<IdpTrust> {
  const origin = parts.origin();
  return {
    oidcIssuer: `${origin}/oidc`,
    jwks: { keys: [publicJwk(await parts.keys.published())] },
    samlEntityId: `${origin}/saml/metadata`,
    samlCertificate: await saml.credentials.certificate(),
    wsFedIssuer: wsFedIssuer(origin),
    eamIssuer: eamIssuer(origin),
    eamJwks: await eam.jwks(),
  };
}

function faceOf(running: Running): MockIdp {
  const { server, port, trust, parts, issued, journal, oidc, saml, wsFed, eam } = running;
  const { choices } = parts;
  const sides = { oidc, "partner-api": oidc, saml, wsfed: wsFed, eam };
  return {
    origin: parts.origin(),
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

/**
 * Starts the mock IdP on 127.0.0.1.
 *
 * @throws HarnessError `ERR_PORT_IN_USE` when another program listens on the port, or what is wrong with the metadata of
 * a service provider
 */
export async function startIdp(options: StartIdpOptions = {}): Promise<MockIdp> {
  const keys = makeEmissionKeys();
  const choices = makeChoices();
  const issued = makeIssuedRecord(choices);
  const now = options.now ?? ((): number => Math.floor(Date.now() / 1000));
  const journal = makeJournal(now);
  let origin = `http://${HOST}`;
  const { serviceProviderMetadata = [], relyingParties = [] } = options;
  const shared = { keys, choices, now, record: issued.add, renderSignIn, serviceProviderMetadata };
  const parts: IdpParts = { ...shared, origin: () => origin };
  const saml = makeSamlSide(parts);
  const oidc = makeOidcSide(parts, relyingParties);
  const wsFed = makeWsFedSide(parts, saml.credentials, options.wsFedRealms ?? []);
  const eam = makeEamSide(parts, saml.credentials, options.eam ?? {});
  await saml.serviceProviders;
  const app = { parts, journal, oidc, saml, wsFed, eam };
  const server = makeServer(app);
  const port = await listen(server, options.port ?? 0);
  origin = `http://${HOST}:${port}`;
  return faceOf({ ...app, server, port, trust: await trustIn(app), issued });
}
