import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MockIdp } from "../../harness/idp/mock-idp.ts";
import { amiss, ask, authnRequest, CALLBACK, ROUTES, startHostile } from "../support/hostile.ts";

let idp: MockIdp;

beforeAll(async () => {
  idp = await startHostile();
});

afterAll(async () => {
  await idp.stop();
});

describe("bodies that are no bodies are refused by every route that reads one", () => {
  const posts =
    "/oidc/token /oidc/auth /oidc/me /saml/sso /saml/slo /saml/sign-in /wsfed /wsfed/sign-in /eam/authorize /eam/sign-in /_harness/offers /_harness/issue".split(
      " ",
    );
  const bodies: readonly (readonly [string, string, string])[] = [
    ["JSON that is none", "application/json", "{"],
    ["a deep JSON", "application/json", "[".repeat(50_000)],
    [
      "JSON with __proto__",
      "application/json",
      '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
    ],
    [
      "a form with __proto__",
      "application/x-www-form-urlencoded",
      "__proto__[polluted]=1&constructor[prototype][polluted]=1&__proto__.polluted=1",
    ],
    ["another type", "text/xml", "<x/>"],
    ["a type that is none", ";;;", "x"],
    ["parts without a boundary", "multipart/form-data", "x"],
    ["an unknown charset", "application/x-www-form-urlencoded; charset=klingon", "a=1"],
    ["bytes that are no text", "application/x-www-form-urlencoded", "%ff%fe=%80&user=%ff"],
    ["ten thousand parameters", "application/x-www-form-urlencoded", "a=1&".repeat(10_000)],
    ["two megabytes", "application/x-www-form-urlencoded", `a=${"b".repeat(2_000_000)}`],
  ];
  test.each(bodies)("%s", async (_name, type, body) => {
    const answers = await Promise.all(
      posts.map(
        async (path) => await ask(idp, path, { method: "POST", headers: { "content-type": type }, body }),
      ),
    );
    expect(answers.flatMap(amiss)).toEqual([]);
    expect(answers.filter(({ status }) => status < 300).map(({ text }) => text.slice(0, 200))).toEqual([]);
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });
});

/** Sends bytes as they stand, and gives back the first line of the answer; empty: the connection was closed. */
async function sendRaw(bytes: string): Promise<string> {
  return await new Promise((resolve) => {
    const socket = connect(idp.port, "127.0.0.1", () => socket.end(bytes));
    let answer = "";
    socket.on("data", (data) => (answer += data.toString("latin1")));
    socket.on("error", () => resolve(answer));
    socket.on("close", () => resolve(answer.split("\r\n")[0] ?? ""));
  });
}

describe("bytes that are no HTTP end that connection and nothing else", () => {
  test.each([
    "\u0000\u0001\u0002\r\n\r\n",
    "GET / HTTP/9.9\r\n\r\n",
    "GET /\r\n\r\n",
    "GET / HTTP/1.1\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    "POST /wsfed HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n",
    "POST /wsfed HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\na=1",
    `GET /${"a".repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
    `GET / HTTP/1.1\r\nHost: a\r\nCookie: ${"a=b;".repeat(8000)}\r\n\r\n`,
    "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: a\r\n b\r\n\r\n",
  ])("%j", async (bytes) => {
    expect(await sendRaw(bytes)).not.toMatch(/ 5\d\d /);
    expect((await ask(idp, "/_harness/health")).status).toBe(200);
  });
});

test("cookies and hosts of somebody else's making change nothing", async () => {
  const cookie = ["_interaction", "_session", "mfa-harness-session", "__proto__"].map(
    (name) => `${name}="><img src=x>`,
  );
  const headers = {
    cookie: cookie.join("; "),
    "x-forwarded-host": "forwarded.example",
    "x-forwarded-proto": "javascript",
  };
  const answers = await Promise.all(ROUTES.map(async (path) => await ask(idp, path, { headers })));
  expect(answers.flatMap(amiss)).toEqual([]);
  expect(answers.filter(({ text }) => text.includes("forwarded.example"))).toEqual([]);
});

test("hundreds of sign-ins begun and left, and of issuers that are none, cost no memory worth naming", async () => {
  const answer = encodeURIComponent(CALLBACK);
  const begin = async (index: number): Promise<void> => {
    await ask(idp, `/saml/sso?SAMLRequest=${authnRequest(`http://127.0.0.1:9/${index}`)}`);
    const state = "s".repeat(2000);
    await ask(
      idp,
      `/oidc/auth?client_id=portal&redirect_uri=${answer}&response_type=code&scope=openid&state=${state}`,
    );
    await ask(idp, `/fault/no-such-scenario-${index}/oidc/jwks`);
  };
  const many = async (from: number, to: number): Promise<void> => {
    for (let index = from; index < to; index += 1) await begin(index);
  };
  await many(0, 50);
  const before = process.memoryUsage().heapUsed;
  await many(50, 200);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(100_000_000);
  expect((await ask(idp, "/_harness/health")).status).toBe(200);
});
