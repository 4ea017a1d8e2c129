import express, { type Request, type RequestHandler } from "express";
import { RequestRefusal } from "../refusal.ts";

/** Endpoints that answer a form as they answer a query (OIDC Core §3.1.2.1, OIDC RP-Initiated Logout §2). */
export const ENDPOINTS_TAKING_FORMS: readonly string[] = ["/oidc/auth", "/oidc/session/end"];

const FORM = "application/x-www-form-urlencoded";

/** As large as oidc-provider lets the forms of its other endpoints be. */
const LIMIT_BYTES = 56 * 1024;

/** Longer addresses are refused by proxies and servers before anybody reads them. */
const LONGEST_ADDRESS = 8000;

/** Headers of a body that was read already. */
const BODY_HEADERS = ["content-type", "content-length", "transfer-encoding"];

/** A browser keeps back cookies of SameSite=Lax where a page of another site posts, and sends them with a GET. */
function lacksCookies({ headers }: Request): boolean {
  return headers["sec-fetch-site"] === "cross-site";
}

/** Everything that was asked, in the address and in the form; what stands in both is there twice. */
function queryOf({ originalUrl }: Request, form: URLSearchParams): string {
  const [, ...inAddress] = originalUrl.split("?");
  return [inAddress.join("?"), form.toString()].filter((part) => part !== "").join("&");
}

const askByQuery: RequestHandler = (request, response, next) => {
  const type = request.headers["content-type"];
  if (type !== undefined && request.is(FORM) === false) {
    throw new RequestRefusal(`The request is ${type}; it must be a form, ${FORM}`);
  }
  const form = new URLSearchParams(typeof request.body === "string" ? request.body : "");
  const query = queryOf(request, form);
  // As the journal keeps it.
  request.body = Object.fromEntries(form);
  if (lacksCookies(request) && query.length < LONGEST_ADDRESS) {
    const [path = ""] = request.originalUrl.split("?");
    return response.redirect(303, `${path}?${query}`);
  }
  for (const name of BODY_HEADERS) delete request.headers[name];
  request.method = "GET";
  request.url = `${request.path}?${query}`;
  return next();
};

/**
 * Lets authorization and sign-out requests come by POST: each is answered as the same one by GET. oidc-provider does so
 * itself only with cookies of SameSite=None, which no browser keeps for an IdP on plain http.
 */
export function takePostedRequest(): readonly RequestHandler[] {
  return [express.text({ type: FORM, limit: LIMIT_BYTES }), askByQuery];
}
