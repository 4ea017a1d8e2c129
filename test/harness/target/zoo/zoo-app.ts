import { once } from "node:events";
import { randomBytes } from "node:crypto";
import { setTimeout as after } from "node:timers/promises";
import express, { type Request, type Response } from "express";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { gaveUp, type OpenFederation, type Person } from "./federations.ts";
import { type House, send, sessionOf, type Truth } from "./house.ts";
import { CONSENT, nameOf, page, SERVER_ERROR } from "./pages.ts";
import { refuse } from "./refuse.ts";
import { PATIENCE, type Traits, UNLUCKY } from "./traits.ts";

/** An app of the zoo, running. */
export interface ZooApp extends AsyncDisposable {
  readonly origin: string;
  /** One for each answer that it took, oldest first. */
  readonly truths: readonly Truth[];
  /** Loses every session. */
  readonly forget: () => void;
}

/** Starts an app with these traits. */
export async function startZooApp(idp: MockIdp, open: OpenFederation, traits: Traits): Promise<ZooApp> {
  const app = express();
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  const federation = await open(idp, origin, traits);
  const house: House = {
    traits,
    federation,
    sessions: new Map(),
    truths: [],
    everybody: [],
    refusals: 0,
    answers: 0,
    isDown: false,
  };
  const form = express.urlencoded({ extended: false });
  app.use((_request, response, next) => {
    if (traits.way === "closes-each-time") response.set("connection", "close");
    if (house.isDown) response.destroy();
    else next();
  });
  app.get("/", (request, response) => showStart(house, request, response));
  app.get("/portal", (request, response) => showPortal(house, request, response));
  app.get("/login", (_request, response) => begin(house, response));
  app.get("/me", (request, response) => showMe(house, request, response));
  app.get("/api/customers", (request, response) => showCustomers(house, request, response));
  app.post("/consent", form, (request, response) => agree(house, request, response));
  app.get("/error", (_request, response) => send(house, response, 500, SERVER_ERROR));
  app.get("/round", (_request, response) => response.redirect("/about"));
  app.get("/about", (_request, response) => response.redirect("/round"));
  app.get("/step/:left", (request, response) => takeStep(house, request, response));
  app.get("/callback", (request, response) => take(house, request, response));
  app.post("/acs", form, (request, response) => take(house, request, response));
  return {
    origin,
    truths: house.truths,
    forget: () => house.sessions.clear(),
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

function agree(house: House, request: Request, response: Response): void {
  const session = sessionOf(house, request);
  const body: unknown = request.body;
  const { read, agree: word } = { read: "", agree: "", ...(typeof body === "object" ? body : {}) };
  if (session !== undefined) session.hasAgreed = read === "on" && word === "yes";
  response.redirect("/portal");
}

async function begin({ federation, traits }: House, response: Response): Promise<void> {
  if (traits.session.startsWith("anonymous")) response.cookie("sid", "anonymous");
  response.redirect(await federation.begin());
}

function showStart(house: House, request: Request, response: Response): void {
  const error = request.query["error"] === undefined ? "" : " Sorry, that did not work.";
  const user = sessionOf(house, request)?.user;
  send(house, response, 200, page(house.traits, { user, words: `What we do.${error}` }));
}

async function showPortal(house: House, request: Request, response: Response): Promise<void> {
  const { traits, everybody } = house;
  const session = sessionOf(house, request);
  if (session === undefined) {
    const isSentBack = traits.refusal === "sign-in-page" && request.query["failed"] !== undefined;
    const error = request.query["error"] === undefined ? "" : " That did not work.";
    if (isSentBack || traits.way === "asks-which-idp") {
      const words = `Please sign in.${error} <a id="with-idp" href="/login">With your company</a>`;
      send(house, response, 200, page(traits, { user: undefined, words }));
      return;
    }
    await begin(house, response);
    return;
  }
  if (session.waits > 0) {
    session.waits -= 1;
    const address = request.originalUrl;
    send(house, response, 200, `<meta http-equiv="refresh" content="0; url=${address}"><p>Please wait</p>`);
    return;
  }
  if (traits.way === "asks-for-consent" && !session.hasAgreed) {
    send(house, response, 200, CONSENT);
    return;
  }
  const { user, isStrong } = session;
  const shown = { user, words: "Your customers: Contoso, Fabrikam", level: "Assurance high", everybody };
  if (isStrong) send(house, response, 200, page(traits, shown));
  else showWeak(house, response, shown);
}

function showWeak(
  house: House,
  response: Response,
  shown: { readonly user: string; readonly words: string; readonly everybody: readonly string[] },
): void {
  const { traits } = house;
  if (traits.weak === "extra-line") {
    send(
      house,
      response,
      200,
      page(traits, { ...shown, words: `${shown.words}<br>Denied`, level: "Assurance high" }),
    );
  } else if (traits.weak === "level") {
    send(house, response, 200, page(traits, { ...shown, level: "Assurance low" }));
  } else {
    const status = traits.weak === "page-by-403" ? 403 : 200;
    send(house, response, status, page(traits, { ...shown, words: "Your sign-in was too weak." }));
  }
}

function showMe(house: House, request: Request, response: Response): void {
  const session = sessionOf(house, request);
  const name = session === undefined ? null : nameOf(session.user, house.traits.names);
  if (name === null && house.traits.place === "json-by-401") response.status(401);
  response.json({ user: { name }, at: Date.now() });
}

function showCustomers(house: House, request: Request, response: Response): void {
  const session = sessionOf(house, request);
  if (session?.isStrong === true) response.json({ user: { name: session.user }, customers: ["Contoso"] });
  else response.status(session === undefined ? 401 : 403).json({ error: "no" });
}

function takeStep(house: House, request: Request, response: Response): void {
  const left = Number(request.params["left"]);
  if (left > 0) response.redirect(`/step/${left - 1}`);
  else send(house, response, 200, page(house.traits, { user: undefined, words: "That did not work." }));
}

async function take(house: House, request: Request, response: Response): Promise<void> {
  const { traits, federation, truths } = house;
  house.answers += 1;
  if (house.answers === UNLUCKY && (await goWrong(house, response))) return;
  if (traits.gaveUp === "home" && gaveUp(request)) {
    truths.push({ decision: "refuse", locked: false });
    response.redirect("/");
    return;
  }
  const isLocked = traits.trouble.startsWith("locks") && house.refusals >= PATIENCE;
  const person = await federation.finish(request).catch(() => undefined);
  const isTaken = person !== undefined && isLetIn(traits, person);
  if (isTaken && !isLocked) {
    letIn(house, person, response);
    return;
  }
  if (request.query["error"] === undefined) house.refusals += 1;
  if (traits.trouble === "opens-all-the-same" && person !== undefined) {
    openSession(house, person, response);
    truths.push({ decision: "accept", as: person.user, locked: false });
  } else {
    truths.push({ decision: "refuse", locked: isLocked });
    if (traits.session === "also-when-refused") response.cookie("sid", "refused");
  }
  if (isLocked) lock(house, person, response);
  else refuse(house, person, response);
}

/** Something happens that has nothing to do with the answer. */
async function goWrong(house: House, response: Response): Promise<boolean> {
  const { trouble } = house.traits;
  if (trouble === "slow-once") await after(2000);
  if (trouble !== "forgets-once" && trouble !== "crashes-once" && trouble !== "goes-down") return false;
  house.truths.push({ decision: "refuse", locked: true });
  if (trouble === "forgets-once") {
    house.sessions.clear();
    refuse(house, undefined, response);
  } else if (trouble === "crashes-once") {
    send(house, response, 500, `<meta http-equiv="refresh" content="0; url=/"><p>Oops</p>`);
  } else {
    house.isDown = true;
    response.destroy();
  }
  return true;
}

function isLetIn({ care, weak, trouble }: Traits, { hasMfa }: Person): boolean {
  return hasMfa || care === "fooled" || (weak !== "refused" && trouble !== "opens-all-the-same");
}

function openSession(house: House, { user, hasMfa }: Person, response: Response): string {
  const { traits, sessions, everybody } = house;
  const isStrong = hasMfa || traits.care === "fooled" || traits.trouble === "opens-all-the-same";
  const sid = randomBytes(12).toString("hex");
  const isMixed =
    traits.trouble === "first-for-ever" || (traits.trouble === "mixes-users-up" && everybody.length > 4);
  const shown = isMixed ? (everybody[0] ?? user) : user;
  sessions.set(sid, { user: shown, isStrong, waits: traits.way === "waits" ? 2 : 0, hasAgreed: false });
  if (traits.session === "odd-paths") {
    response
      .cookie("sid", "stale")
      .cookie("sid", sid, { path: "/portal" })
      .cookie("look", "dark", { domain: "localhost" });
  } else if (traits.session !== "in-address") {
    response.cookie(traits.session === "random-name" ? `s${randomBytes(4).toString("hex")}` : "sid", sid);
  }
  if (!everybody.includes(user)) everybody.push(user);
  return sid;
}

function letIn(house: House, person: Person, response: Response): void {
  const { traits, sessions, truths } = house;
  const sid = openSession(house, person, response);
  const session = sessions.get(sid);
  if (session?.isStrong === true) truths.push({ decision: "accept", as: session.user, locked: false });
  else truths.push({ decision: "refuse", locked: false });
  if (traits.trouble === "error-page-after-sign-in" && sessions.size > 5)
    send(house, response, 500, "<p>Something went wrong here.</p>");
  else if (traits.dress === "shell") response.redirect("/");
  else response.redirect(traits.session === "in-address" ? `/portal?sid=${sid}` : "/portal");
}

function lock(house: House, person: Person | undefined, response: Response): void {
  const { trouble } = house.traits;
  if (trouble === "locks-by-429") response.status(429).set("retry-after", "60").end();
  else if (trouble === "locks-by-page")
    send(house, response, 200, "<h1>Too many attempts</h1><form><input></form>");
  else refuse(house, person, response);
}
