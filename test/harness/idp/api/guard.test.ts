import { once } from "node:events";
import express from "express";
import { expect, test } from "vitest";
import { guardApi, type GuardSettings } from "../../../../harness/idp/api/guard.ts";
import { healthOf } from "../../../../harness/idp/api/health.ts";
import { API_SCHEMAS } from "../../../../harness/idp/api/schemas.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { callApi } from "./client.ts";

const LOOPBACK = { token: undefined, loopbackOnly: true };
const TOKEN = { token: "right", loopbackOnly: true };
const OPEN = { token: "right", loopbackOnly: false };

async function guarded(settings: GuardSettings): Promise<{ port: number } & AsyncDisposable> {
  const app = express().use(guardApi(settings), (_request, response) => void response.json("in"));
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const close = async (): Promise<void> => {
    server.close();
    await once(server, "close");
  };
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    [Symbol.asyncDispose]: close,
  };
}

test.each<{ settings: GuardSettings; headers: Record<string, string>; status: number }>([
  { settings: LOOPBACK, headers: {}, status: 200 },
  ...["localhost:1", "localhost", "idp.localhost", "127.0.0.1:80", "127.8.9.1", "[::1]:1"].map((host) => ({
    settings: LOOPBACK,
    headers: { host },
    status: 200,
  })),
  // DNS rebinding: the name is the attacker's, the address this machine's.
  ...["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "evil.example:1", "@localhost"].map(
    (host) => ({ settings: LOOPBACK, headers: { host }, status: 403 }),
  ),
  ...["cross-site", "same-site", "else"].map((site) => ({
    settings: LOOPBACK,
    headers: { "sec-fetch-site": site },
    status: 403,
  })),
  { settings: LOOPBACK, headers: { "sec-fetch-site": "none" }, status: 200 },
  { settings: LOOPBACK, headers: { "sec-fetch-site": "same-origin" }, status: 200 },
  { settings: LOOPBACK, headers: { origin: "http://127.0.0.1:9", host: "127.0.0.1:9" }, status: 200 },
  ...["http://evil.example", "null", "http://127.0.0.1:8", "http://localhost:9", ""].map((origin) => ({
    settings: LOOPBACK,
    headers: { origin, host: "127.0.0.1:9" },
    status: 403,
  })),
  ...[TOKEN, OPEN].flatMap((settings) => [
    { settings, headers: {}, status: 401 },
    ...["right", "Bearer", "Bearer wrong", "Bearer right wrong", "Bearer rightt", "Basic right"].map(
      (authorization) => ({ settings, headers: { authorization }, status: 401 }),
    ),
    { settings, headers: { authorization: "Bearer right" }, status: 200 },
    { settings, headers: { authorization: "bearer right", host: "idp.example" }, status: 200 },
    { settings, headers: { authorization: "Bearer right", origin: "http://evil.example" }, status: 403 },
  ]),
  // Nobody gets in where the IdP listens to everybody and has no token.
  { settings: { token: undefined, loopbackOnly: false }, headers: {}, status: 403 },
  { settings: { token: undefined, loopbackOnly: false }, headers: { authorization: "Bearer " }, status: 403 },
])("$settings, $headers: $status", async ({ settings, headers, status }) => {
  await using server = await guarded(settings);
  const answer = await callApi(server, "GET", "/", { headers });
  expect(answer.status).toBe(status);
  expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
  if (status === 200) return;
  expect(answer.type).toMatch(/^application\/problem\+json/);
  expect(API_SCHEMAS.Problem.parse(answer.body)).toMatchObject({ status });
  expect(answer.headers["www-authenticate"]).toBe(status === 401 ? 'Bearer realm="mfa-harness"' : undefined);
});

test("with a token every part of the live API wants it, but for its health", async () => {
  await using idp = await startIdp({ api: { token: "right" } });
  const paths = ["/emission", "/openapi.json", "/journal", "/nothing", "/health"];
  const asked = await Promise.all(paths.map((path) => callApi(idp, "GET", path)));
  expect(asked.map(({ status }) => status)).toEqual([401, 401, 401, 401, 200]);
  const headers = { authorization: "Bearer right" };
  expect((await callApi(idp, "GET", "/emission", { headers })).status).toBe(200);
});

test("an empty token is a mistake", async () => {
  await expect(startIdp({ api: { token: "" } })).rejects.toMatchObject({ code: "ERR_USAGE" });
});

test.each([
  { ready: async () => await Promise.resolve(), status: 200, body: { status: "up" } },
  { ready: async () => await new Promise(() => {}), status: 503, body: { status: "starting" } },
  {
    ready: async () => await Promise.reject(new Error("no entropy")),
    status: 503,
    body: { status: "failed" },
  },
])("health: $body", async ({ ready, status, body }) => {
  const app = express().get("/_harness/", healthOf(ready, 10));
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const answer = await callApi({ port }, "GET", "/");
  server.close();
  expect({ status: answer.status, body: answer.body }).toEqual({ status, body });
  expect(answer.headers["retry-after"]).toBe(status === 200 ? undefined : "1");
});
