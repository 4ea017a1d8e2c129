import { afterAll, beforeAll, expect, test } from "vitest";
import { emissionSchema } from "../../../harness/emission/emission.ts";
import type { MockIdp } from "../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../harness/idp/start-idp.ts";
import { partnerKey } from "../../harness/idp/saml/partner.ts";
import type { Apache } from "../apps/apache/apache.ts";
import { startShibbolethPortal } from "../apps/shibboleth/portal.ts";
import { freePort, signInAt, userOf } from "../portal.ts";

let idp: MockIdp;
let apache: Apache;

beforeAll(async () => {
  idp = await startIdp();
  apache = await startShibbolethPortal({
    port: await freePort(),
    key: partnerKey(),
    idpEntityId: idp.trust.samlEntityId,
    idpMetadata: await (await fetch(idp.trust.samlEntityId)).text(),
  });
});

afterAll(async () => {
  await apache[Symbol.asyncDispose]();
  await idp.stop();
});

test.each([
  { name: "with MFA", change: {}, page: "portal" },
  { name: "password only", change: { profile: "password-only" }, page: "denied" },
])("$name → $page", async ({ name, change, page }) => {
  const user = userOf(name);
  const emission = emissionSchema.parse({ channel: "saml", profile: "password-and-otp", ...change });
  const shown = await signInAt(`${apache.origin}/portal.shtml`, idp, emission, user);
  expect(shown).toEqual({ page, user, signIns: 1 });
});

const AT = "/samlResponse/assertion";

test.each([
  { name: "a stranger's key", change: { key: "stranger" } },
  { name: "no signature", change: { tamper: [{ op: "strip-signature" }] } },
  {
    name: "another audience",
    change: { patch: [{ op: "set", path: `${AT}/conditions/audiences`, value: ["x"] }] },
  },
  {
    name: "another recipient",
    change: { patch: [{ op: "set", path: `${AT}/subject/recipient`, value: "http://x/" }] },
  },
  { name: "another issuer", change: { patch: [{ op: "set", path: `${AT}/issuer`, value: "http://x/" }] } },
])("$name → nobody is signed in", async ({ name, change }) => {
  const emission = emissionSchema.parse({ channel: "saml", profile: "password-and-otp", ...change });
  const shown = await signInAt(`${apache.origin}/portal.shtml`, idp, emission, userOf(name));
  expect(shown).toEqual({ page: undefined, user: undefined, signIns: 1 });
});
