import type { Server } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { emissionSchema } from "../../harness/emission/emission.ts";
import type { MockIdp } from "../../harness/idp/mock-idp.ts";
import { startIdp } from "../../harness/idp/start-idp.ts";
import { passportSamlPortal } from "./apps/passport-saml/portal.ts";
import { listen, signInAt, userOf } from "./portal.ts";

let server: Server;
let idp: MockIdp;
let origin = "";

beforeAll(async () => {
  ({ server, origin } = await listen());
  idp = await startIdp();
  const { samlEntityId: idpEntityId, samlCertificate: idpCertificate } = idp.trust;
  const signOnUrl = `${idp.origin}/saml/sso`;
  server.on("request", passportSamlPortal({ origin, signOnUrl, idpEntityId, idpCertificate }));
});

afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await idp.stop();
});

const ASSERTION = "/samlResponse/assertion";

test.each([
  { name: "with MFA", change: {}, page: "portal" },
  { name: "password only", change: { profile: "password-only" }, page: "denied" },
  {
    name: "no statement of how",
    change: { patch: [{ op: "remove", path: `${ASSERTION}/authnStatement` }] },
    page: "denied",
  },
])("$name → $page, and the page names who is signed in", async ({ name, change, page }) => {
  const user = userOf(name);
  const emission = emissionSchema.parse({ channel: "saml", profile: "password-and-otp", ...change });
  expect(await signInAt(`${origin}/portal`, idp, emission, user)).toEqual({ page, user, signIns: 1 });
});

test.each([
  { name: "a stranger's key", change: { key: "stranger" } },
  { name: "flipped signatures", change: { tamper: [{ op: "flip-signature" }] } },
  { name: "no signatures", change: { tamper: [{ op: "strip-signature" }] } },
  {
    name: "another audience",
    change: { patch: [{ op: "set", path: `${ASSERTION}/conditions/audiences`, value: ["x"] }] },
  },
  {
    name: "another request",
    change: { patch: [{ op: "set", path: "/samlResponse/inResponseTo", value: "_other" }] },
  },
  {
    name: "expired",
    change: { patch: [{ op: "shift", path: `${ASSERTION}/conditions/notOnOrAfter`, seconds: -10_800 }] },
  },
])("$name → refused, nobody is signed in", async ({ name, change }) => {
  const emission = emissionSchema.parse({ channel: "saml", profile: "password-and-otp", ...change });
  const shown = await signInAt(`${origin}/portal`, idp, emission, userOf(name));
  expect(shown).toEqual({ page: "refused", user: undefined, signIns: 1 });
});
