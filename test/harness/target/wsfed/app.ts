import { randomUUID } from "node:crypto";
import { once } from "node:events";
import express, { type Request, type Response } from "express";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { type Mistake, readAnswer, type SignedIn } from "./token.ts";

/** A relying party that is running. */
export interface WsFedApp extends AsyncDisposable {
  readonly origin: string;
}

interface Visitor {
  readonly pending: Set<string>;
  signedIn?: SignedIn;
}

const HOUR = 3600;

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

function textOf(body: unknown): string {
  return typeof body === "string" ? body : "";
}

function showPortal(response: Response, { user, showsMfa, at }: SignedIn): void {
  const head = `<h1>Intranet</h1><p>Hello <b id="who">${escaped(user)}</b></p>`;
  if (!showsMfa) response.status(403).send(`${head}<p>This page wants a second factor.</p>`);
  else if (Date.now() / 1000 - at > HOUR) response.send(`${head}<p>Please sign in again.</p>`);
  else response.send(`${head}<ul><li>Customers of Contoso</li><li>Customers of Fabrikam</li></ul>`);
}

/** A WS-Federation relying party that has nothing in common with the harness. */
export async function startWsFedApp(
  { origin: idpOrigin, trust }: MockIdp,
  mistake?: Mistake,
): Promise<WsFedApp> {
  const app = express();
  const visitors = new Map<string, Visitor>();
  const used = new Set<string>();
  const pendingOfAll = new Set<string>();
  const visitorOf = (request: Request, response: Response): Visitor => {
    const [, known = ""] = /\bvisitor=([\w-]+)/.exec(request.headers.cookie ?? "") ?? [];
    const id = visitors.has(known) ? known : randomUUID();
    const visitor = visitors.get(id) ?? { pending: new Set<string>() };
    visitors.set(id, visitor);
    response.cookie("visitor", id, { httpOnly: true });
    return visitor;
  };
  const ask = (more: Readonly<Record<string, string>>) => (request: Request, response: Response) => {
    const wctx = randomUUID();
    visitorOf(request, response).pending.add(wctx);
    pendingOfAll.add(wctx);
    const url = new URL("/wsfed", idpOrigin);
    const asked = { wa: "wsignin1.0", wtrealm: `${origin}/`, wreply: `${origin}/answer`, wctx, ...more };
    for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
    response.redirect(url.href);
  };
  const answer = (request: Request, response: Response): void => {
    const visitor = visitorOf(request, response);
    const form = new URLSearchParams(textOf(request.body));
    const [wctx, wresult] = [form.get("wctx") ?? "", form.get("wresult") ?? ""];
    try {
      const pending = mistake === "takes an answer from any browser" ? pendingOfAll : visitor.pending;
      if (!pending.delete(wctx)) throw new Error("nobody asked for it");
      delete visitor.signedIn;
      const now = Date.now() / 1000;
      const expected = {
        issuer: trust.wsFedIssuer,
        certificate: trust.samlCertificate,
        realm: `${origin}/`,
        replyUrl: `${origin}/answer`,
        mistake,
        now,
      };
      const signedIn = readAnswer(wresult, expected);
      if (used.has(signedIn.id)) throw new Error("it was used");
      used.add(signedIn.id);
      visitor.signedIn = signedIn;
      response.redirect(303, "/portal");
    } catch {
      response.status(400).send("<h1>Intranet</h1><p>The sign-in did not work.</p>");
    }
  };
  app.get("/portal", (request, response) => {
    const { signedIn } = visitorOf(request, response);
    if (signedIn === undefined) ask({})(request, response);
    else showPortal(response, signedIn);
  });
  app.get("/anew", ask({ wfresh: "0" }));
  app.get("/again", ask({}));
  app.get("/stronger", ask({ wauth: "http://schemas.microsoft.com/claims/multipleauthn" }));
  app.post("/answer", express.text({ type: "application/x-www-form-urlencoded", limit: "4mb" }), answer);
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  const close = async (): Promise<void> => {
    server.close();
    server.closeAllConnections();
    await once(server, "close");
  };
  return { origin, [Symbol.asyncDispose]: close };
}
