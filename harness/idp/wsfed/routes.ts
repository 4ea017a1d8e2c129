import express, { type RequestHandler, type Router } from "express";
import { endpoint } from "../endpoint.ts";
import type { IdpParts } from "../parts.ts";
import { refuseWith } from "../refusal.ts";
import { wsFedMetadata } from "./metadata.ts";
import { continueSignIn, type MountedWsFed, startSignIn } from "./sign-in.ts";
import { isSignOut, signOut } from "./sign-out.ts";
import type { WsFedSide } from "./side.ts";

const FORM_LIMIT = "128kb";

function passive(side: MountedWsFed, from: "query" | "body"): RequestHandler {
  return endpoint(async (request, response) => {
    const input: unknown = request[from];
    if (isSignOut(input)) await signOut(side, request, response);
    else await startSignIn(side, input, request, response);
  });
}

/**
 * Makes the routes under `/wsfed`: the passive endpoint by GET and POST, the sign-in page's answer, metadata. `wauth` and
 * `wfresh` decide whether a session may answer; what is said is up to the emission alone.
 */
export function wsFedRouter(parts: IdpParts, wsFed: WsFedSide): Router {
  const side: MountedWsFed = { ...wsFed, parts };
  const router = express.Router();
  const form = express.urlencoded({ extended: false, limit: FORM_LIMIT });
  const metadata = endpoint(async (_request, response) => {
    const certificates = await side.credentials.certificates();
    response.type("application/samlmetadata+xml").send(wsFedMetadata(parts.base(), certificates));
  });
  const signIn = endpoint(async (request, response) => await continueSignIn(side, request, response));
  router.get("/metadata", metadata);
  router.get("/", passive(side, "query"));
  router.post("/", form, passive(side, "body"));
  router.post("/sign-in", form, signIn);
  return router.use(refuseWith("WS-Federation request refused"));
}
