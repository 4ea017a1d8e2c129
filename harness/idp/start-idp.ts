import { createServer, type Server } from "node:http";
import express, { type ErrorRequestHandler, type Express } from "express";
import { makeEmissionKeys, publicJwk } from "../emission/keys.ts";
import { HarnessError } from "../errors.ts";
import { makeChoices } from "./choices.ts";
import { makeIssuedRecord, type IssuedRecord } from "./issued-record.ts";
import { makeJournal, type Journal } from "./journal.ts";
import type { IdpTrust, MockIdp, StartIdpOptions } from "./mock-idp.ts";
import { mountOidc, type OidcSide } from "./oidc.ts";
import { renderIndex } from "./pages/index-page.ts";
import { sendPage } from "./pages/layout.ts";
import { renderMessage } from "./pages/message-page.ts";
import { renderSignIn } from "./pages/sign-in-page.ts";
import type { IdpParts, SamlSide } from "./parts.ts";
import { mountSaml } from "./saml.ts";

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

function statusOf(error: unknown): number {
  const status = error instanceof Error && "statusCode" in error ? error.statusCode : undefined;
  return typeof status === "number" && status >= 400 && status < 600 ? status : 500;
}

/** A request that cannot be answered gets a page with the reason, never a stack trace. */
const answerError: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) {
    next(error);
    return;
  }
  const reason = error instanceof Error ? error.message : "unknown";
  sendPage(response, statusOf(error), renderMessage("This request cannot be answered", { Reason: reason }));
};

function makeApp(parts: IdpParts, journal: Journal): Express {
  const app = express();
  app.disable("x-powered-by");
  app.use(journal.write);
  app.get("/", (_request, response) => sendPage(response, 200, renderIndex(parts.origin())));
  app.get("/_harness/health", (_request, response) => void response.json({ status: "up" }));
  return app;
}

interface Running {
  readonly server: Server;
  readonly port: number;
  readonly trust: IdpTrust;
  readonly parts: IdpParts;
  readonly issued: IssuedRecord;
  readonly journal: Journal;
  readonly oidc: OidcSide;
  readonly saml: SamlSide;
}

function faceOf({ server, port, trust, parts, issued, journal, oidc, saml }: Running): MockIdp {
  const { choices } = parts;
  return {
    origin: parts.origin(),
    port,
    trust,
    offer: choices.offer,
    withdraw: (choice) => {
      choices.withdraw(choice);
      issued.forget(choice);
    },
    use: choices.use,
    reset: choices.reset,
    register: oidc.register,
    issued: issued.of,
    journal: journal.read,
    issue: (emission, request) => (emission.channel === "saml" ? saml : oidc).issue(emission, request),
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
  const app = makeApp(parts, journal);
  const saml = mountSaml(app, parts);
  const oidc = mountOidc(app, parts, relyingParties);
  app.use(answerError);
  await saml.ready();
  const server = createServer(app);
  const port = await listen(server, options.port ?? 0);
  origin = `http://${HOST}:${port}`;
  const trust: IdpTrust = {
    oidcIssuer: `${origin}/oidc`,
    jwks: { keys: [publicJwk(await keys.published())] },
    samlEntityId: `${origin}/saml/metadata`,
    samlCertificate: await saml.certificate(),
  };
  return faceOf({ server, port, trust, parts, issued, journal, oidc, saml });
}
