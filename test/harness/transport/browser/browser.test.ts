import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startBrowserDriver } from "../../../../harness/transport/browser/browser.ts";
import type { Driver } from "../../../../harness/transport/exchange.ts";
import { deadOrigin, planFor, serve, SIGN_IN_PAGE } from "../serve.ts";

let driver: Driver;

beforeAll(async () => {
  driver = await startBrowserDriver();
}, 60_000);

afterAll(async () => {
  await driver[Symbol.asyncDispose]();
});

test("goes through redirects, the sign-in form, a script that submits and a meta refresh", async () => {
  const posted: string[] = [];
  await using server = await serve(async (request, response) => {
    if (request.method === "POST") posted.push(`${request.url} ${await text(request)}`);
    switch (request.url) {
      case "/":
        return response.writeHead(302, { location: "/ask?secret=1" }).end();
      case "/ask?secret=1":
        return response.end(SIGN_IN_PAGE);
      case "/sign-in":
        return response.end(
          `<form method="post" action="/acs"><input name="a" value="1"></form><script>document.forms[0].submit()</script>`,
        );
      case "/acs":
        return response.end(`<meta http-equiv="refresh" content="0;url=/end">`);
      default:
        return response.writeHead(403).end("<p id=who>the end</p>");
    }
  });
  const driven = await driver.signIn(planFor(`${server.origin}/`));
  expect(driven).toMatchObject({
    signIns: 1,
    looped: false,
    page: { url: `${server.origin}/end`, status: 403 },
  });
  expect(driven.page.html).toContain(`<p id="who">the end</p>`);
  expect(posted).toEqual([
    "/sign-in user=agent%40partner.example&emission=offer-1&action=sign-in",
    "/acs a=1",
  ]);
  expect(driven.exchanges).toEqual([
    { method: "GET", url: `${server.origin}/`, status: 302 },
    { method: "GET", url: `${server.origin}/ask?secret`, status: 200 },
    { method: "POST", url: `${server.origin}/sign-in`, status: 200 },
    { method: "POST", url: `${server.origin}/acs`, status: 200 },
    { method: "GET", url: `${server.origin}/end`, status: 403 },
  ]);
});

test("waits for a page whose script moves on later", async () => {
  const script = `<script>fetch("/slow").then(() => location.assign("/end"))</script>`;
  await using server = await serve((request, response) => {
    if (request.url === "/") response.end(script);
    // Slow on purpose: long after the page was read.
    else if (request.url === "/slow") setTimeout(() => response.end(), 400);
    else response.end("<p>here</p>");
  });
  expect((await driver.signIn(planFor(`${server.origin}/`))).page.url).toBe(`${server.origin}/end`);
});

test("always asked to sign in: stops when it is asked once more than allowed", async () => {
  await using server = await serve((_request, response) => {
    response.end(SIGN_IN_PAGE);
  });
  const { looped, signIns } = await driver.signIn(planFor(server.origin, { maxSignIns: 2 }));
  expect({ looped, signIns }).toEqual({ looped: true, signIns: 3 });
});

test("nobody listens", async () => {
  const origin = await deadOrigin();
  await expect(driver.signIn(planFor(origin))).rejects.toMatchObject({
    name: "HarnessError",
    code: "ERR_TARGET_UNREACHABLE",
    message: `nothing answers at ${new URL(origin).host}`,
  });
});

test.each(["http://partner.example/steal", "http://192.0.2.1/steal"])(
  "a redirect to %s leads off this machine: nothing is sent",
  async (location) => {
    await using server = await serve((_request, response) => response.writeHead(302, { location }).end());
    await expect(driver.signIn(planFor(server.origin))).rejects.toMatchObject({
      code: "ERR_TARGET_UNREACHABLE",
      message: `the sign-in leads to ${new URL(location).origin}, which is not on this machine`,
      // The browser did not even look for it.
      cause: { message: "net::ERR_NAME_NOT_RESOLVED" },
    });
  },
);

test("aborting ends it at once", async () => {
  const abort = new AbortController();
  await using server = await serve(() => abort.abort(new Error("enough")));
  await expect(driver.signIn(planFor(server.origin, { signal: abort.signal }))).rejects.toThrow("enough");
});

test("a program that is no browser is reported with the next step", async () => {
  vi.stubEnv("MFA_HARNESS_BROWSER", process.execPath);
  try {
    await expect(startBrowserDriver()).rejects.toMatchObject({
      code: "ERR_BROWSER_MISSING",
      message: `${process.execPath} did not start`,
      hint: "Run `npx playwright install chromium`, or name an installed browser in MFA_HARNESS_BROWSER, or leave the browser transport out.",
    });
  } finally {
    vi.unstubAllEnvs();
  }
});
