import { once } from "node:events";
import { createServer } from "node:http";
import express, { type ErrorRequestHandler } from "express";
import { auth, requiresAuth } from "express-openid-connect";
import { parse } from "node-html-parser";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Emission, emissionSchema } from "../../harness/emission/emission.ts";
import type { MockIdp } from "../../harness/idp/mock-idp.ts";
import { startIdp } from "../../harness/idp/start-idp.ts";
import { startProtocolDriver } from "../../harness/transport/protocol.ts";

const server = createServer();
let idp: MockIdp;
let origin = "";

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  origin = typeof address === "object" && address !== null ? `http://127.0.0.1:${address.port}` : "";
  const redirectUris = [`${origin}/callback`];
  // Its default is an ID token by form_post, without a client secret: the implicit flow.
  idp = await startIdp({
    relyingParties: [{ clientId: "express", redirectUris, responseTypes: ["id_token"] }],
  });
  server.on("request", portal(idp.trust.oidcIssuer, origin));
});

afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await idp.stop();
});

const refuse: ErrorRequestHandler = (_error, _request, response, _next) => {
  response.status(400).send('<p id="page">refused</p>');
};

/** A portal as the library's documentation builds it, which demands `mfa` in `amr` and shows who is signed in. */
function portal(issuerBaseURL: string, baseURL: string) {
  const app = express();
  const secret = "a-long-enough-secret-for-a-test-session";
  app.use(auth({ issuerBaseURL, baseURL, clientID: "express", secret, authRequired: false }));
  app.get("/portal", requiresAuth(), (request, response) => {
    const amr: unknown = request.oidc.idTokenClaims?.["amr"];
    const granted = Array.isArray(amr) && amr.includes("mfa");
    const page = `<p id="page">${granted ? "granted" : "denied"}</p><p id="user">${request.oidc.user?.["email"]}</p>`;
    response.status(granted ? 200 : 403).send(page);
  });
  app.use(refuse);
  return app;
}

async function signIn(emission: Emission, user: string) {
  await using driver = startProtocolDriver();
  const choice = idp.offer(emission, user);
  const signal = AbortSignal.timeout(15_000);
  const plan = { start: `${origin}/portal`, idpOrigin: idp.origin, user, choice, maxSignIns: 3, signal };
  const { page, signIns } = await driver.signIn(plan);
  const root = parse(page.html);
  return { page: root.getElementById("page")?.text, user: root.getElementById("user")?.text, signIns };
}

test.each([
  { name: "with MFA", change: {}, page: "granted" },
  { name: "without amr", change: { patch: [{ op: "remove", path: "/idToken/claims/amr" }] }, page: "denied" },
  { name: "password only", change: { profile: "password-only" }, page: "denied" },
])("$name → $page, and the page names who is signed in", async ({ name, change, page }) => {
  const user = `${name.replaceAll(/\W+/g, "-")}@partner.example`;
  const emission = emissionSchema.parse({ channel: "oidc", profile: "password-and-otp", ...change });
  expect(await signIn(emission, user)).toEqual({ page, user, signIns: 1 });
});

test.each([
  { name: "a stranger's key", change: { key: "stranger" } },
  { name: "a flipped signature", change: { tamper: [{ op: "flip-signature" }] } },
  {
    name: "another audience",
    change: { patch: [{ op: "set", path: "/idToken/claims/aud", value: "another" }] },
  },
  {
    name: "another nonce",
    change: { patch: [{ op: "set", path: "/idToken/claims/nonce", value: "another" }] },
  },
  { name: "expired", change: { patch: [{ op: "shift", path: "/idToken/claims/exp", seconds: -7200 }] } },
])("$name → refused, nobody is signed in", async ({ name, change }) => {
  const emission = emissionSchema.parse({ channel: "oidc", profile: "password-and-otp", ...change });
  const shown = await signIn(emission, `${name.replaceAll(/\W+/g, "-")}@partner.example`);
  expect(shown).toEqual({ page: "refused", user: undefined, signIns: 1 });
});
