import express, { type Express, type Request, type Response } from "express";
import { clock } from "../access.ts";
import { FLOWS } from "./oidc-idps.ts";
import { beginSignIn, describeRefusal, type SignInStrength, type WantedSignIn } from "./oidc-sign-in.ts";
import { type Handler, refuseSignIn, type RelyingPartyParts } from "./parts.ts";
import { readAskedFor } from "./demands.ts";
import { addPending, renewSession, takePending } from "../sessions.ts";

const PROTECTED = ["/portal", "/customers"];

/** A form that answers a sign-in holds a code and two tokens. */
const MAX_FORM = "256kb";

/**
 * Mounts what begins and ends a sign-in: by a link of the relying party's own, or by `/initiate` when somebody else, such
 * as the IdP, sends the browser here.
 */
export function mountSignIn(app: Express, parts: RelyingPartyParts): void {
  const form = express.urlencoded({ extended: false, limit: MAX_FORM });
  app.get("/sign-in", begin(parts, "any"));
  app.get("/sign-in-again", begin(parts, "fresh"));
  app.get("/verify", begin(parts, "mfa"));
  app.get("/initiate", initiate(parts));
  app.post("/initiate", form, initiate(parts));
  app.get("/callback", end(parts));
  app.post("/callback", form, end(parts));
}

function begin(parts: RelyingPartyParts, strength: SignInStrength): Handler {
  return async (request, response) => {
    const parameters = fieldsOf(request);
    const target = parameters.get("to") ?? undefined;
    const wanted = { flow: "code", strength, parameters, ...destination(target) } as const;
    const issuer = request.session.relyingParty?.signedIn?.issuer ?? parts.issuer;
    await sendToIdp(request, response, parts, issuer, wanted);
  };
}

/** OIDC Core §4. `flow` and what to ask for are extensions of our own, and can only demand more; everything else that is not understood is ignored. */
function initiate(parts: RelyingPartyParts): Handler {
  return async (request, response) => {
    const parameters = fieldsOf(request);
    const issuer = parameters.get("iss");
    if (issuer === null) return refuseSignIn(response, 400, "the request names no issuer");
    const target = parameters.get("target_link_uri") ?? undefined;
    const flow = FLOWS.find((name) => name === parameters.get("flow")) ?? "code";
    const wanted = {
      flow,
      strength: "any",
      parameters,
      ...destination(pathOf(target, parts.origin)),
    } as const;
    await sendToIdp(request, response, parts, issuer, wanted);
  };
}

async function sendToIdp(
  request: Request,
  response: Response,
  parts: RelyingPartyParts,
  issuer: string,
  { parameters, ...wanted }: WantedSignIn & { readonly parameters: URLSearchParams },
): Promise<void> {
  try {
    const asked = readAskedFor(parameters);
    const idp = await parts.idps.open(issuer, wanted.flow);
    const redirectUri = `${parts.origin}/callback`;
    const { url, state, pending } = await beginSignIn(idp, redirectUri, { ...wanted, asked });
    parts.idps.keep(state, idp);
    const kept = request.session.relyingParty;
    request.session.relyingParty = { ...kept, pending: addPending(kept?.pending, state, pending) };
    response.redirect(303, url.href);
  } catch (error) {
    refuseSignIn(response, 400, describeRefusal(error));
  }
}

function end(parts: RelyingPartyParts): Handler {
  return async (request, response) => {
    const answer = { redirectUri: `${parts.origin}/callback`, parameters: fieldsOf(request) };
    const { pending = {} } = request.session.relyingParty ?? {};
    const state = parts.checks.signInOf(answer.parameters, pending);
    const { entry: begun, others } = takePending(pending, state);
    const idp = parts.idps.of(state);
    if (begun === undefined || idp === undefined) {
      return refuseSignIn(response, 400, "this browser has begun no such sign-in");
    }
    // An answer ends its sign-in and whoever was signed in before, believed or not.
    await renewSession(request);
    request.session.relyingParty = { pending: others };
    try {
      const now = clock();
      const signedIn = await parts.checks.endSignIn(idp, answer, state, begun, now);
      parts.checks.checkDemands(begun.demands, begun.begunAt, signedIn, now);
      request.session.relyingParty = { pending: others, signedIn };
      parts.sessions.add(request.sessionID, signedIn);
      response.redirect(303, begun.returnTo);
    } catch (error) {
      refuseSignIn(response, 401, describeRefusal(error));
    }
  };
}

/** What was sent, by query or form; a name that stands there twice stays there twice. */
function fieldsOf(request: Request): URLSearchParams {
  if (request.method !== "POST") return new URL(request.originalUrl, "http://127.0.0.1").searchParams;
  const body: unknown = request.body;
  const entries: [string, unknown][] = typeof body === "object" && body !== null ? Object.entries(body) : [];
  const texts = entries.flatMap(([name, values]) => [values].flat().map((value) => [name, String(value)]));
  return new URLSearchParams(texts);
}

function destination(to: string | undefined): Pick<WantedSignIn, "returnTo" | "purpose"> {
  const returnTo = PROTECTED.find((path) => path === to) ?? "/portal";
  return { returnTo, purpose: returnTo === "/customers" ? "api" : "portal" };
}

/** The path of an address here; one that leads elsewhere leads nowhere (OIDC Core §4 warns of open redirects). */
function pathOf(address: string | undefined, origin: string): string | undefined {
  if (address === undefined || !URL.canParse(address, origin)) return undefined;
  const url = new URL(address, origin);
  return url.origin === origin ? url.pathname : undefined;
}
