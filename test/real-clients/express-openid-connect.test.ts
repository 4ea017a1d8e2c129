import type { Server } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { emissionSchema } from "../../harness/emission/emission.ts";
import type { MockIdp } from "../../harness/idp/mock-idp.ts";
import { startIdp } from "../../harness/idp/start-idp.ts";
import { expressOpenidConnectPortal } from "./apps/express-openid-connect/portal.ts";
import { listen, signInAt, userOf } from "./portal.ts";

let server: Server;
let idp: MockIdp;
let origin = "";

beforeAll(async () => {
  ({ server, origin } = await listen());
  const redirectUris = [`${origin}/callback`];
  // Its default is an ID token by form_post, without a client secret: the implicit flow.
  idp = await startIdp({
    relyingParties: [{ clientId: "express", redirectUris, responseTypes: ["id_token"] }],
  });
  const issuer = idp.trust.oidcIssuer;
  const client = { clientId: "express", clientSecret: undefined };
  server.on("request", expressOpenidConnectPortal({ issuer, origin, ...client }));
});

afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await idp.stop();
});

test.each([
  { name: "with MFA", change: {}, page: "portal" },
  { name: "without amr", change: { patch: [{ op: "remove", path: "/idToken/claims/amr" }] }, page: "denied" },
  { name: "password only", change: { profile: "password-only" }, page: "denied" },
])("$name → $page, and the page names who is signed in", async ({ name, change, page }) => {
  const user = userOf(name);
  const emission = emissionSchema.parse({ channel: "oidc", profile: "password-and-otp", ...change });
  expect(await signInAt(`${origin}/portal`, idp, emission, user)).toEqual({ page, user, signIns: 1 });
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
  const shown = await signInAt(`${origin}/portal`, idp, emission, userOf(name));
  expect(shown).toEqual({ page: "refused", user: undefined, signIns: 1 });
});
