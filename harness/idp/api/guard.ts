import { createHash, timingSafeEqual } from "node:crypto";
import type { Request, RequestHandler } from "express";
import { isOnThisMachine } from "../answer-address.ts";
import { ApiProblem, sendProblem } from "./problem.ts";

/** Who may use the live API. */
export interface GuardSettings {
  /** What is to be sent as `Authorization: Bearer <token>`; absent: nothing, as long as only loopback is listened to. */
  readonly token: string | undefined;
  /** Whether nobody but this machine can connect. */
  readonly loopbackOnly: boolean;
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

/** Compares in a time that does not tell how much of the token was right. */
function hasToken({ headers }: Request, token: string): boolean {
  const [, sent] = /^Bearer +(\S+)$/i.exec(headers.authorization ?? "") ?? [];
  return sent !== undefined && timingSafeEqual(digest(sent), digest(token));
}

function noToken(): ApiProblem {
  return new ApiProblem(401, "the live API wants its token", {
    hint: "Send the token that was given at start, as Authorization: Bearer <token>.",
    headers: { "www-authenticate": 'Bearer realm="mfa-harness"' },
  });
}

function noTokenAtStart(): ApiProblem {
  return new ApiProblem(403, "the IdP listens beyond this machine, and its live API was given no token", {
    hint: "Start it with an API token, or let it listen on loopback only.",
  });
}

/** A name that leads here although it is none of this machine's was rebound by somebody's DNS. */
function foreignHost({ headers }: Request): ApiProblem | undefined {
  const { host = "" } = headers;
  if (/^[\w.:[\]-]+$/.test(host) && isOnThisMachine(`http://${host}`)) return undefined;
  return new ApiProblem(403, "the live API is asked for under a name that is not this machine's", {
    hint: "Use 127.0.0.1, [::1] or localhost.",
  });
}

/** Browsers say where a request comes from; programs do not. */
function foreignPage({ headers }: Request): ApiProblem | undefined {
  const { origin, host = "" } = headers;
  const site = headers["sec-fetch-site"];
  const sameSite = site === undefined || site === "none" || site === "same-origin";
  const sameOrigin = origin === undefined || origin === `http://${host}` || origin === `https://${host}`;
  if (sameSite && sameOrigin) return undefined;
  return new ApiProblem(403, "a web page of another origin may not use the live API", {
    hint: "Call it from a program, or from a page of the IdP itself.",
  });
}

function refusalOf(request: Request, { token, loopbackOnly }: GuardSettings): ApiProblem | undefined {
  if (token === undefined && !loopbackOnly) return noTokenAtStart();
  const stranger = foreignPage(request);
  if (stranger !== undefined) return stranger;
  if (token === undefined) return foreignHost(request);
  return hasToken(request, token) ? undefined : noToken();
}

/**
 * Makes the middleware in front of the live API: with a token it wants the token, without one the names of this machine;
 * a web page of another origin never gets through.
 */
export function guardApi(settings: GuardSettings): RequestHandler {
  return (request, response, next) => {
    const refusal = refusalOf(request, settings);
    if (refusal === undefined) next();
    else sendProblem(response, refusal);
  };
}
