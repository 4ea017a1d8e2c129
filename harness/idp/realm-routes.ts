import express, { type Router } from "express";
import { lateRouter } from "./late-router.ts";
import { mountOidc } from "./oidc/routes.ts";
import { renderIndex } from "./pages/index-page.ts";
import { sendPage } from "./pages/layout.ts";
import type { Realm } from "./realm.ts";

/** Makes the routes of one IdP: its index page and all its protocols. */
export function realmRouter({ parts, oidc, saml, wsFed, eam }: Realm): Router {
  const router = express.Router();
  router.get("/", (_request, response) => sendPage(response, 200, renderIndex(parts.base())));
  mountOidc(router, parts, oidc);
  router.use(
    "/saml",
    lateRouter(async () => (await import("./saml/routes.ts")).samlRouter(parts, saml)),
  );
  router.use(
    "/wsfed",
    lateRouter(async () => (await import("./wsfed/routes.ts")).wsFedRouter(parts, wsFed)),
  );
  router.use(
    "/eam",
    lateRouter(async () => (await import("./eam/routes.ts")).eamRouter(parts, eam)),
  );
  return router;
}
