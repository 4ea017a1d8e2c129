import { afterAll, beforeAll, expect, test } from "vitest";
import { emissionSchema } from "../../../harness/emission/emission.ts";
import type { MockIdp } from "../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../harness/idp/start-idp.ts";
import type { Apache } from "../apps/apache/apache.ts";
import { startModAuthOpenidc } from "../apps/mod-auth-openidc/portal.ts";
import { freePort, signInAt, userOf } from "../portal.ts";

const SECRET = "a-secret-of-this-test";

let idp: MockIdp;
let apache: Apache;

beforeAll(async () => {
  const port = await freePort();
  const redirectUris = [`http://127.0.0.1:${port}/callback`];
  const client = { clientId: "apache", clientSecret: SECRET };
  idp = await startIdp({ relyingParties: [{ ...client, redirectUris }] });
  apache = await startModAuthOpenidc({ port, issuer: idp.trust.oidcIssuer, ...client });
});

afterAll(async () => {
  await apache[Symbol.asyncDispose]();
  await idp.stop();
});

const AMR = "/idToken/claims/amr";

test.each([
  { name: "with MFA", patch: [], page: "portal" },
  {
    name: "amr names mfa among others",
    patch: [{ op: "set", path: AMR, value: ["hwk", "user", "mfa"] }],
    page: "portal",
  },
  { name: "without amr", patch: [{ op: "remove", path: AMR }], page: "denied" },
  { name: "two factors, no mfa", patch: [{ op: "set", path: AMR, value: ["pwd", "otp"] }], page: "denied" },
  { name: "MFA in upper case", patch: [{ op: "set", path: AMR, value: ["MFA"] }], page: "denied" },
])("$name → $page, and the page names who is signed in", async ({ name, patch, page }) => {
  const user = userOf(name);
  const emission = emissionSchema.parse({ channel: "oidc", profile: "password-and-otp", patch });
  expect(await signInAt(`${apache.origin}/portal.shtml`, idp, emission, user)).toEqual({
    page,
    user,
    signIns: 1,
  });
});

test.each([
  { name: "a stranger's key", change: { key: "stranger" } },
  { name: "a flipped signature", change: { tamper: [{ op: "flip-signature" }] } },
  {
    name: "another audience",
    change: { patch: [{ op: "set", path: "/idToken/claims/aud", value: "another" }] },
  },
  {
    name: "another issuer",
    change: { patch: [{ op: "set", path: "/idToken/claims/iss", value: "http://other.example" }] },
  },
  {
    name: "another nonce",
    change: { patch: [{ op: "set", path: "/idToken/claims/nonce", value: "another" }] },
  },
])("$name → nobody is signed in", async ({ name, change }) => {
  const emission = emissionSchema.parse({ channel: "oidc", profile: "password-and-otp", ...change });
  const shown = await signInAt(`${apache.origin}/portal.shtml`, idp, emission, userOf(name));
  expect(shown).toEqual({ page: undefined, user: undefined, signIns: 1 });
});
