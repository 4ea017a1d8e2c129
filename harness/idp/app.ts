import express, { type ErrorRequestHandler, type Express } from "express";
import type { EamSide } from "./eam.ts";
import type { Journal } from "./journal.ts";
import { lateRouter } from "./late-router.ts";
import { mountOidc } from "./oidc-routes.ts";
import type { OidcSide } from "./oidc.ts";
import { renderIndex } from "./pages/index-page.ts";
import { sendPage } from "./pages/layout.ts";
import { renderMessage } from "./pages/message-page.ts";
import type { IdpParts } from "./parts.ts";
import { mountSaml } from "./saml-routes.ts";
import type { SamlSide } from "./saml.ts";
import type { WsFedSide } from "./wsfed.ts";

/** What answers by HTTP for one mock IdP. */
export interface AppParts {
  readonly parts: IdpParts;
  readonly journal: Journal;
  readonly oidc: OidcSide;
  readonly saml: SamlSide;
  readonly wsFed: WsFedSide;
  readonly eam: EamSide;
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

/** Makes the application that answers every request: index page, all protocols, a page for every refusal. */
export function makeApp({ parts, journal, oidc, saml, wsFed, eam }: AppParts): Express {
  const app = express();
  app.disable("x-powered-by");
  app.use(journal.write);
  app.get("/", (_request, response) => sendPage(response, 200, renderIndex(parts.origin())));
  app.get("/_harness/health", (_request, response) => void response.json({ status: "up" }));
  mountSaml(app, parts, saml);
  mountOidc(app, parts, oidc.relyingParties);
  app.use(
    "/wsfed",
    lateRouter(async () => (await import("./wsfed-routes.ts")).wsFedRouter(parts, wsFed)),
  );
  app.use(
    "/eam",
    lateRouter(async () => (await import("./eam-routes.ts")).eamRouter(parts, eam)),
  );
  return app.use(answerError);
}
