import { createHash } from "node:crypto";
import * as client from "openid-client";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Emission } from "../../../../harness/emission/emission.ts";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { authorize, discover, emissionOf, PORTAL } from "../relying-party.ts";
import { formFields } from "../user-agent.ts";

let idp: MockIdp;

beforeAll(async () => {
  idp = await startIdp({ relyingParties: [PORTAL] });
});

afterAll(async () => {
  await idp.stop();
});

function postOf(fields: Record<string, string>): Request {
  return new Request(PORTAL.redirectUris[0], { method: "POST", body: new URLSearchParams(fields) });
}

describe("tokens in the authorization response", () => {
  const spa = { ...PORTAL, clientId: "front", responseTypes: ["id_token", "code id_token"] };
  const options = {
    redirect_uri: PORTAL.redirectUris[0],
    scope: "openid email",
    nonce: "n",
    response_mode: "form_post",
  };

  beforeAll(() => idp.register(spa));

  test("id_token by form_post to plain http, as express-openid-connect asks for it", async () => {
    const front = await discover(idp, spa);
    client.useIdTokenResponseType(front);
    const choice = idp.offer(emissionOf({ profile: "password-only" }), "no MFA");
    const visit = await authorize(idp, front, { parameters: options, choice });
    expect(visit.page.querySelector("form")?.getAttribute("action")).toBe(PORTAL.redirectUris[0]);
    const claims = await client.implicitAuthentication(front, postOf(formFields(visit, {})), "n");
    expect(claims).toMatchObject({ aud: "front", nonce: "n", amr: ["pwd"] });
  });

  test("code id_token: c_hash stays right in a patched token, and both tokens follow the emission", async () => {
    const front = await discover(idp, spa);
    client.useCodeIdTokenResponseType(front);
    const patch: Emission["patch"] = [{ op: "set", path: "/idToken/claims/amr", value: ["fpt"] }];
    const visit = await authorize(idp, front, {
      parameters: options,
      choice: idp.offer(emissionOf({ patch }), "patched"),
    });
    const fields = formFields(visit, {});
    const half = createHash("sha256")
      .update(fields["code"] ?? "")
      .digest()
      .subarray(0, 16);
    expect(decodeJwt(fields["id_token"] ?? "")).toMatchObject({
      amr: ["fpt"],
      c_hash: half.toString("base64url"),
    });
    const tokens = await client.authorizationCodeGrant(front, postOf(fields), { expectedNonce: "n" });
    expect(tokens.claims()).toMatchObject({ amr: ["fpt"], nonce: "n" });
  });
});
