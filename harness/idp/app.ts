import express, { type ErrorRequestHandler, type Express, type RequestHandler } from "express";
import { guardApi, type GuardSettings } from "./api/guard.ts";
import { healthOf } from "./api/health.ts";
import type { Control } from "./control.ts";
import { type FaultIssuerSettings, faultIssuers } from "./fault-issuers.ts";
import { faultList } from "./fault-list.ts";
import type { Journal } from "./journal/journal.ts";
import { keyDocuments } from "./key-documents.ts";
import { lateRouter } from "./late-router.ts";
import { sendPage } from "./pages/layout.ts";
import { renderMessage } from "./pages/message-page.ts";
import type { Realm } from "./realm.ts";
import { realmRouter } from "./realm-routes.ts";
import { type ApiRecords, catchingUp } from "./store/replicas.ts";

/** The live API: what it does, and who may use it. */
export interface ApiParts {
  readonly control: Control;
  readonly guard: GuardSettings;
}

/** What answers by HTTP for one mock IdP. */
export interface AppParts {
  readonly journal: Journal;
  readonly realm: Realm;
  readonly faults: FaultIssuerSettings;
  readonly api: ApiParts;
  readonly records: ApiRecords;
  /** Learns what other replicas did; absent: there are none. */
  readonly catchUp?: (() => Promise<void>) | undefined;
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

const answerNothingHere: RequestHandler = ({ path }, response) => {
  const facts = { Path: path, "What now": "/ lists what is here, /fault every fault with its own issuer." };
  sendPage(response, 404, renderMessage("There is nothing at this address", facts));
};

/** Pages that say what they may load say it again, beside that. */
const inNoFrame: RequestHandler = (_request, response, next) => {
  response.set("content-security-policy", "frame-ancestors 'none'");
  next();
};

/** Makes the application that answers every request: the IdP at `/`, fault issuers below, a page for every refusal. */
export function makeApp({ journal, realm, faults, api, records, catchUp }: AppParts): Express {
  const { keys, base } = realm.parts;
  const ready = async (): Promise<unknown> =>
    await Promise.all([keys.published(), realm.saml.credentials.certificate(), catchUp?.()]);
  const loadApi = async (): Promise<RequestHandler> =>
    (await import("./api/router.ts")).apiRouter(api.control, base, records);
  const app = express();
  app.disable("x-powered-by");
  app.use(journal.write, inNoFrame);
  app.get("/_harness/health", healthOf(ready));
  if (catchUp !== undefined) app.use(catchingUp(catchUp));
  app.use("/_harness", guardApi(api.guard), lateRouter(loadApi));
  app.get("/fault", faultList(faults));
  app.use("/fault/:id", faultIssuers(faults));
  app.use("/keys", keyDocuments(realm.parts));
  app.use(realmRouter(realm));
  return app.use(answerNothingHere, answerError);
}
