import type { IncomingMessage, ServerResponse } from "node:http";
import type { Browser } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startBrowserDriver } from "../../../../harness/transport/browser/browser.ts";
import { watchStains } from "../../../../harness/transport/browser/cleaning.ts";
import { launchBrowser } from "../../../../harness/transport/browser/launch-browser.ts";
import type { Profile } from "../../../../harness/transport/browser/profile.ts";
import { makeProfiles } from "../../../../harness/transport/browser/profiles.ts";
import type { Driver } from "../../../../harness/transport/exchange.ts";
import { planFor, serve } from "../serve.ts";

const IDP = "http://127.0.0.1:9";
const HTML = "text/html; charset=utf-8";
const IN_COOKIES = ["plain=1", "hidden=1; HttpOnly; SameSite=Strict; Path=/", "long=1; Max-Age=9999"];

/** Everything by which a page can leave something behind, as a function from nothing to what is there. */
const LOOK = `async () => {
  const database = (await indexedDB.databases()).map(({ name }) => name);
  const files = []; for await (const name of (await navigator.storage.getDirectory()).keys()) files.push(name);
  const secret = await (await fetch("/secret")).text();
  return [
    ["cookie", document.cookie], ["local", localStorage.length], ["session", sessionStorage.length], ["name", name],
    ["database", database.length], ["caches", (await caches.keys()).length], ["files", files.length],
    ["worker", (await navigator.serviceWorker.getRegistrations()).length], ["auth", secret],
    ["history", history.length], ["opener", window.opener === null], ["cached", await (await fetch("/kept")).text()],
  ].map((pair) => pair.join("=")).join(" ");
}`;
const PLANT = `async () => {
  document.cookie = "script=1; Max-Age=9999"; localStorage.a = 1; sessionStorage.a = 1; name = "was here";
  await new Promise((resolve) => { indexedDB.open("db", 1).onsuccess = resolve; });
  await (await caches.open("c")).put("/x", new Response("x"));
  await (await navigator.storage.getDirectory()).getFileHandle("f", { create: true });
  await navigator.serviceWorker.register("/worker.js"); await navigator.serviceWorker.ready;
  await new Promise((resolve) => { const sent = new XMLHttpRequest(); sent.open("GET", "/secret?ask", true, "u", "p"); sent.onload = resolve; sent.send(); });
  await (await fetch("/kept")).text();
  history.pushState({}, "", "#further");
  return "planted: " + await (${LOOK})();
}`;

/** The page is at rest when its network is: it keeps that busy until it has said what it saw. */
function page(run: string): string {
  return `<!doctype html><p id=seen>not yet</p><script>
const say = (seen) => { document.querySelector("#seen").textContent = seen; return fetch("/release"); };
fetch("/hold"); (${run})().catch((error) => "broken: " + error).then(say);</script>`;
}

type Answer = (response: ServerResponse, request: IncomingMessage, count: number) => unknown;

/** Text that a browser would have from its cache were it left there. */
function kept(type: string): Answer {
  return (response, _request, count) =>
    response
      .writeHead(200, { "content-type": type, "cache-control": "max-age=3600" })
      .end(`fetched ${count}`);
}

const PLAIN: Answer = (response, { headers }) =>
  response
    .writeHead(200, { "content-type": HTML, "set-cookie": IN_COOKIES })
    .end(`<link rel=stylesheet href=/style.css><p>${headers.cookie ?? "no cookie"}`);

const ASK: Answer = (response, { headers }) =>
  headers.authorization === undefined
    ? response.writeHead(401, { "www-authenticate": 'Basic realm="x"' }).end()
    : response.end();

const MOVED: Answer = (response, _request, count) =>
  response.writeHead(301, { location: `/to-${count}`, "cache-control": "max-age=3600" }).end();

/** A server whose pages leave behind all they can, and say what they find. @returns its listener and its hits by path */
function nasty() {
  const hits = new Map<string, number>();
  const held: ServerResponse[] = [];
  const answers: Readonly<Record<string, Answer>> = {
    "/plant": (response) => response.setHeader("set-cookie", IN_COOKIES).end(page(PLANT)),
    "/look": (response) => response.end(page(LOOK)),
    "/hold": (response) => held.push(response),
    "/release": (response) => [...held.splice(0), response].forEach((one) => one.end()),
    "/worker.js": (response) =>
      response.writeHead(200, { "content-type": "text/javascript" }).end("onfetch = () => {}"),
    "/secret?ask": ASK,
    "/secret": (response, { headers }) => response.end(headers.authorization ?? "nobody"),
    "/kept": kept("text/plain"),
    "/plain": PLAIN,
    "/style.css": kept("text/css"),
    "/document": kept(HTML),
    "/moved": MOVED,
  };
  const listener = (request: IncomingMessage, response: ServerResponse): unknown => {
    const path = request.url ?? "";
    const count = (hits.get(path) ?? 0) + 1;
    hits.set(path, count);
    const other: Answer = () => response.writeHead(200, { "content-type": HTML }).end(path);
    return (answers[path] ?? other)(response, request, count);
  };
  return { listener, hits };
}

const CLEAN =
  "cookie= local=0 session=0 name= database=0 caches=0 files=0 worker=0 auth=nobody history=2 opener=true cached=fetched";

describe("nothing of one sign-in is there in the next", () => {
  let driver: Driver;
  beforeAll(async () => {
    driver = await startBrowserDriver();
  }, 60_000);
  afterAll(() => driver[Symbol.asyncDispose]());

  const visit = async (start: string): Promise<string> => {
    const driven = await driver.signIn(planFor(start, { idpOrigin: IDP }));
    return driven.page.html.replaceAll(/<script.*<\/script>|<[^>]*>/gs, "").trim();
  };

  test("whatever a script can store", async () => {
    await using server = await serve(nasty().listener);
    expect(await visit(`${server.origin}/look`)).toBe(`${CLEAN} 1`);
    expect(await visit(`${server.origin}/plant`)).toMatch(
      /^planted: cookie=.*script=1.* local=1 session=1 name=was here database=1 caches=1 files=1 worker=1 auth=Basic dTpw history=3 opener=true cached=fetched 2$/,
    );
    expect(await visit(`${server.origin}/look`)).toBe(`${CLEAN} 3`);
  });

  test("cookies and cache, where the profile is used again", async () => {
    const { listener, hits } = nasty();
    await using server = await serve(listener);
    const paths = ["/plain", "/plain", "/document", "/document", "/moved", "/moved"];
    const seen = [];
    for (const path of paths) seen.push(await visit(`${server.origin}${path}`));
    expect(seen).toEqual(["no cookie", "no cookie", "fetched 1", "fetched 2", "/to-1", "/to-2"]);
    expect(hits.get("/style.css")).toBe(2);
  });
});

describe("which profile is used again", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  }, 60_000);
  afterAll(() => browser.close());

  test("the one that is clean, up to the limit; what it showed is gone", async () => {
    const profiles = makeProfiles(browser, { most: 1, prepare: () => Promise.resolve() });
    const [first, second] = [await profiles.take(), await profiles.take()];
    await profiles.giveBack(first, false);
    await profiles.giveBack(second, false);
    const third = await profiles.take();
    expect([third.context === first.context, third.page === first.page]).toEqual([true, false]);
    expect(first.page.isClosed()).toBe(true);
    await profiles.giveBack(third, true);
    const fourth: Profile = await profiles.take();
    expect(fourth.context === first.context).toBe(false);
    await fourth.context.close();
    expect(browser.contexts()).toEqual([]);
  });

  test.each([
    { what: "text", body: "<p>hello</p>", stains: false },
    {
      what: "a form with a style",
      body: "<style>p{}</style><form><button>go</button></form>",
      stains: false,
    },
    { what: "a script that takes itself away", body: "<script>document.currentScript.remove()</script>" },
    { what: "an event handler", body: "<img src=x onerror=1>" },
    { what: "a frame", body: `<iframe src="/other"></iframe>` },
    { what: "a page fetched ahead", body: `<link rel=prefetch href="/other">` },
    { what: "another encoding", body: "<p>hello</p>", headers: { "content-type": "text/html" } },
    { what: "a demand for a password", body: "no", headers: { "www-authenticate": "Basic realm=x" } },
    { what: "https from now on", body: "yes", headers: { "strict-transport-security": "max-age=1" } },
  ])("after $what", async ({ body, headers = {}, stains = true }) => {
    await using server = await serve((_request, response) =>
      response.writeHead(200, { "content-type": HTML, ...headers }).end(body),
    );
    const context = await browser.newContext();
    const tab = await context.newPage();
    const watched = watchStains(context, IDP);
    await tab.goto(server.origin);
    expect(await watched.end()).toBe(stains);
    await context.close();
  });
});
