import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { startProtocolDriver } from "../../../../harness/transport/protocol/protocol.ts";
import { deadOrigin, planFor, serve, SIGN_IN_PAGE } from "../serve.ts";

const driver = startProtocolDriver();

describe("a sign-in by plain HTTP", () => {
  test("goes through redirects, the sign-in form, a self-submitting form and a meta refresh", async () => {
    const seen: string[] = [];
    await using server = await serve(async (request, response) => {
      seen.push(`${request.method} ${request.url} ${await text(request)}`);
      switch (request.url) {
        case "/":
          return response.writeHead(302, { location: "/sign-in?secret=1" }).end();
        case "/sign-in?secret=1":
          return response.end(SIGN_IN_PAGE);
        case "/sign-in":
          return response.writeHead(307, { location: "/post" }).end();
        case "/post":
          return response.end(
            `<form method="post" action="/acs" data-mfa-harness="post"><input name="a" value="1">`,
          );
        case "/acs":
          return response.end(`<meta http-equiv="refresh" content="0;url=/end">`);
        default:
          return response.writeHead(403).end("the end");
      }
    });
    const driven = await driver.signIn(planFor(`${server.origin}/`));
    expect(driven).toEqual({
      page: { url: `${server.origin}/end`, status: 403, html: "the end" },
      signIns: 1,
      looped: false,
      exchanges: [
        { method: "GET", url: `${server.origin}/`, status: 302 },
        { method: "GET", url: `${server.origin}/sign-in?secret`, status: 200 },
        { method: "POST", url: `${server.origin}/sign-in`, status: 307 },
        { method: "POST", url: `${server.origin}/post`, status: 200 },
        { method: "POST", url: `${server.origin}/acs`, status: 200 },
        { method: "GET", url: `${server.origin}/end`, status: 403 },
      ],
    });
    const filled = "user=agent%40partner.example&emission=offer-1&action=sign-in";
    expect(seen.slice(2, 5)).toEqual([`POST /sign-in ${filled}`, `POST /post ${filled}`, "POST /acs a=1"]);
  });

  test("keeps cookies, each sign-in its own", async () => {
    let given = 0;
    await using server = await serve((request, response) => {
      if (request.url === "/") {
        given += 1;
        response.writeHead(302, { location: "/end", "set-cookie": `id=${given}; HttpOnly` }).end();
      } else response.end(request.headers.cookie ?? "none");
    });
    const plan = planFor(`${server.origin}/`);
    const pages = [await driver.signIn(plan), await driver.signIn(plan)].map(({ page }) => page.html);
    expect(pages).toEqual(["id=1", "id=2"]);
  });

  test("does not look like a script: no Sec-Fetch headers", async () => {
    await using server = await serve((request, response) =>
      response.end(
        Object.keys(request.headers)
          .filter((name) => name.startsWith("sec-"))
          .join(),
      ),
    );
    expect((await driver.signIn(planFor(server.origin))).page.html).toBe("");
  });
});

describe("a sign-in that never ends", () => {
  test("always redirected: stops after 40 requests", async () => {
    await using server = await serve((_request, response) =>
      response.writeHead(302, { location: "/" }).end(),
    );
    const { looped, exchanges } = await driver.signIn(planFor(`${server.origin}/`));
    expect({ looped, requests: exchanges.length }).toEqual({ looped: true, requests: 40 });
  });

  test("always asked to sign in: stops when it is asked once more than allowed", async () => {
    await using server = await serve((_request, response) => response.end(SIGN_IN_PAGE));
    const { looped, signIns, exchanges } = await driver.signIn(planFor(server.origin, { maxSignIns: 2 }));
    expect({ looped, signIns, requests: exchanges.length }).toEqual({
      looped: true,
      signIns: 3,
      requests: 3,
    });
  });

  test("an endless page is cut at 8 MiB", async () => {
    await using server = await serve((_request, response) => {
      const more = (): void => {
        while (response.write("x".repeat(65_536)));
      };
      response.on("drain", more);
      more();
    });
    expect((await driver.signIn(planFor(server.origin))).page.html.length).toBe(8 * 1024 * 1024);
  });
});

describe("a failure of our own", () => {
  test("nobody listens", async () => {
    const origin = await deadOrigin();
    await expect(driver.signIn(planFor(origin))).rejects.toMatchObject({
      name: "HarnessError",
      code: "ERR_TARGET_UNREACHABLE",
      message: `nothing answers at ${new URL(origin).host}`,
      hint: "Start the partner app, or correct its address.",
    });
  });

  test("the connection is cut", async () => {
    await using server = await serve((request) => request.socket.destroy());
    await expect(driver.signIn(planFor(server.origin))).rejects.toMatchObject({
      code: "ERR_TARGET_UNREACHABLE",
      message: `${new URL(server.origin).host} did not answer: socket hang up`,
    });
  });

  test("a redirect leads off this machine", async () => {
    await using server = await serve((_request, response) =>
      response.writeHead(302, { location: "http://partner.example/steal" }).end(),
    );
    await expect(driver.signIn(planFor(server.origin))).rejects.toMatchObject({
      code: "ERR_TARGET_UNREACHABLE",
      message: "the sign-in leads to http://partner.example, which is not on this machine",
      // Nothing was tried, so nothing failed before.
      cause: undefined,
    });
  });

  test("aborting ends it at once", async () => {
    const abort = new AbortController();
    await using server = await serve(() => abort.abort(new Error("enough")));
    await expect(driver.signIn(planFor(server.origin, { signal: abort.signal }))).rejects.toThrow("enough");
  });
});
