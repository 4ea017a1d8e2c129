import express, { type ErrorRequestHandler, type Express } from "express";
import { type FaultIssuerSettings, faultIssuers } from "./fault-issuers.ts";
import type { Journal } from "./journal.ts";
import { sendPage } from "./pages/layout.ts";
import { renderMessage } from "./pages/message-page.ts";
import type { Realm } from "./realm.ts";
import { realmRouter } from "./realm-routes.ts";

/** What answers by HTTP for one mock IdP. */
export interface AppParts {
  readonly journal: Journal;
  readonly realm: Realm;
  readonly faults: FaultIssuerSettings;
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

/** Makes the application that answers every request: the IdP at `/`, fault issuers below, a page for every refusal. */
export function makeApp({ journal, realm, faults }: AppParts): Express {
  const app = express();
  app.disable("x-powered-by");
  app.use(journal.write);
  app.get("/_harness/health", (_request, response) => void response.json({ status: "up" }));
  app.use("/fault/:id", faultIssuers(faults));
  app.use(realmRouter(realm));
  return app.use(answerError);
}
