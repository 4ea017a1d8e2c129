import { afterAll, beforeAll, expect, test } from "vitest";
import { emissionSchema } from "../../../harness/emission/emission.ts";
import type { MockIdp } from "../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../harness/idp/start-idp.ts";
import { signInAt, userOf } from "../portal.ts";
import { type Apache, freePort, startApache } from "./apache.ts";

const SECRET = "a-secret-of-this-test";

function directives(idp: MockIdp, port: number): string {
  return `
OIDCProviderMetadataURL ${idp.trust.oidcIssuer}/.well-known/openid-configuration
OIDCClientID apache
OIDCClientSecret ${SECRET}
OIDCRedirectURI http://127.0.0.1:${port}/callback
OIDCCryptoPassphrase 0123456789abcdef0123456789abcdef
OIDCScope "openid email"
OIDCRemoteUserClaim email
<Location />
  AuthType openid-connect
  Require claim amr:mfa
  ErrorDocument 401 /denied.shtml
</Location>
<Location /denied.shtml>
  AuthType None
  Require all granted
</Location>`;
}

const PAGES = {
  "portal.shtml": '<p id="page">portal</p><p id="user"><!--#echo var="REMOTE_USER" --></p>',
  "denied.shtml": '<p id="page">denied</p><p id="user"><!--#echo var="REDIRECT_REMOTE_USER" --></p>',
};

let idp: MockIdp;
let apache: Apache;

beforeAll(async () => {
  const port = await freePort();
  const redirectUris = [`http://127.0.0.1:${port}/callback`];
  idp = await startIdp({ relyingParties: [{ clientId: "apache", clientSecret: SECRET, redirectUris }] });
  apache = await startApache(port, directives(idp, port), PAGES);
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
