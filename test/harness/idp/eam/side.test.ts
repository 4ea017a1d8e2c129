import { createPublicKey, X509Certificate } from "node:crypto";
import { createRemoteJWKSet, jwtVerify } from "jose";
import * as client from "openid-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { emissionSchema } from "../../../../harness/emission/emission.ts";
import { eamParameters, postFields } from "../../../../harness/entra/eam-client.ts";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { endpointOf, METHODS, orderOf, REDIRECT_URI, secondFactor, standIn } from "./requests.ts";

let idp: MockIdp;

beforeAll(async () => {
  idp = await startIdp();
});

afterAll(async () => await idp.stop());

describe("discovery (Entra's EAM provider reference)", () => {
  test("has these members and no others, and says how long it is", async () => {
    const { eamIssuer } = idp.trust;
    const response = await fetch(`${eamIssuer}/.well-known/openid-configuration`);
    const text = await response.text();
    expect(response.headers.get("content-type")).toMatch(/^application\/json/);
    expect(response.headers.get("content-length")).toBe(String(Buffer.byteLength(text)));
    expect(JSON.parse(text)).toEqual({
      issuer: eamIssuer,
      authorization_endpoint: `${eamIssuer}/authorize`,
      jwks_uri: `${eamIssuer}/jwks`,
      response_types_supported: ["id_token"],
      response_modes_supported: ["form_post"],
      grant_types_supported: ["implicit"],
      scopes_supported: ["openid"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["RS256"],
      claim_types_supported: ["normal"],
    });
  });

  test("openid-client takes it as that of the issuer", async () => {
    const execute = [client.allowInsecureRequests];
    const found = await client.discovery(new URL(idp.trust.eamIssuer), "entra", {}, undefined, { execute });
    expect(found.serverMetadata().issuer).toBe(idp.trust.eamIssuer);
  });

  test("every key has a base64 kid and the certificate of its own modulus and exponent", async () => {
    const published: unknown = await (await fetch(`${idp.trust.eamIssuer}/jwks`)).json();
    expect(published).toEqual(idp.trust.eamJwks);
    const keySchema = z.object({
      kid: z.base64(),
      n: z.string(),
      e: z.string(),
      x5c: z.array(z.base64()).length(1),
    });
    const { keys } = z.object({ keys: z.array(keySchema).min(1) }).parse(published);
    for (const { n, e, x5c } of keys) {
      const { publicKey } = new X509Certificate(Buffer.from(x5c[0] ?? "", "base64"));
      expect(publicKey.export({ format: "jwk" })).toMatchObject({ n, e });
      expect(createPublicKey({ key: { kty: "RSA", n, e }, format: "jwk" }).equals(publicKey)).toBe(true);
    }
    expect(JSON.stringify(published)).not.toContain('"d"');
  });
});

describe("a second factor", () => {
  test("is answered by form_post with the state and one factor, about the subject of the hint", async () => {
    const { form } = await secondFactor(idp);
    expect(form).toMatchObject({ kind: "post", action: REDIRECT_URI });
    expect(Object.keys(form?.fields ?? {})).toEqual(["id_token", "state"]);
    expect(form?.fields["state"]).toBe("s-1");
    const jwks = createRemoteJWKSet(new URL(`${idp.trust.eamIssuer}/jwks`));
    const { payload } = await jwtVerify(form?.fields["id_token"] ?? "", jwks, {
      issuer: idp.trust.eamIssuer,
      audience: standIn(idp).clientId,
      algorithms: ["RS256"],
    });
    const { iat = 0, exp } = payload;
    expect(payload).toEqual({
      iss: idp.trust.eamIssuer,
      aud: standIn(idp).clientId,
      sub: "pairwise-1",
      nonce: "n-1",
      iat,
      exp,
      acr: "possessionorinherence",
      amr: ["otp"],
    });
    expect(exp).toBe(iat + 300);
  });

  test.each([
    ["without a state none comes back", { state: undefined }, ["id_token"]],
    ["response_type in other letters", { response_type: "Id_token" }, ["id_token", "state"]],
    ["unknown parameters are ignored", { prompt: "none", max_age: "0" }, ["id_token", "state"]],
    ["more scopes", { scope: "profile openid" }, ["id_token", "state"]],
  ])("%s", async (_what, change, fields) => {
    expect(Object.keys((await secondFactor(idp, change)).form?.fields ?? {})).toEqual(fields);
  });

  test.each(["login.microsoftonline.com", "login.microsoftonline.us", "login.partner.microsoftonline.cn"])(
    "goes to Entra at %s",
    async (host) => {
      const redirectUri = `https://${host}/common/federation/externalauthprovider`;
      expect((await secondFactor(idp, { redirect_uri: redirectUri })).form?.action).toBe(redirectUri);
    },
  );

  test.each([
    { acr: ["inherence"], amr: METHODS, answered: { acr: "inherence", amr: ["face"] } },
    { acr: ["possession"], amr: ["fido"], answered: { acr: "possession", amr: ["fido"] } },
    { acr: ["possession"], amr: undefined, answered: { acr: "possession", amr: ["otp"] } },
  ])("the claims request $acr $amr is obeyed", async ({ acr, amr, answered }) => {
    const asked = { acr: { values: acr }, ...(amr === undefined ? {} : { amr: { values: amr } }) };
    const { form } = await secondFactor(idp, { claims: JSON.stringify({ id_token: asked }) });
    const [, payload = ""] = form?.fields["id_token"]?.split(".") ?? [];
    expect(JSON.parse(Buffer.from(payload, "base64url").toString())).toMatchObject(answered);
  });

  test("the page shows what was asked and of whom, and nobody else can sign in", async () => {
    const user = { ...orderOf().user, username: "<script>@partner.example" };
    const parameters = await eamParameters(standIn(idp), orderOf({ user }));
    const page = await postFields(await endpointOf(idp), parameters);
    for (const text of [
      "possessionorinherence",
      "fido",
      user.objectId,
      parameters["client-request-id"] ?? "-",
    ]) {
      expect(page.html).toContain(text);
    }
    expect(page.html).toMatch(/name="user" value="&lt;script&gt;@partner.example"[^>]* readonly/);
    expect(page.html).not.toContain("<script");
  });

  test("what crossed is what was recorded, with what was asked", async () => {
    const patch = [{ op: "set", path: "/eamResponse/state", value: "other" }];
    const emission = emissionSchema.parse({ channel: "eam", profile: "password-and-otp", patch });
    const choice = idp.offer(emission, "offered by a test");
    const { form } = await secondFactor(idp, {}, { emission: choice, user: "somebody-else@partner.example" });
    expect(form?.fields["state"]).toBe("other");
    const at: unknown = expect.any(Number);
    expect(idp.issued(choice)).toEqual([
      {
        channel: "eam",
        artifact: form?.fields["id_token"],
        user: "agent@partner.example",
        audience: standIn(idp).clientId,
        nonce: "n-1",
        eam: {
          subject: "pairwise-1",
          acrValues: ["possessionorinherence"],
          amrValues: METHODS,
          state: "s-1",
          returnedState: "other",
        },
        performed: { user: "agent@partner.example", methods: [], at },
        at,
      },
    ]);
  });
});

describe("issued without HTTP", () => {
  const emission = emissionSchema.parse({ channel: "eam", profile: "password-and-otp" });
  const request = { user: "u", audience: "a", nonce: "n", now: 1000 };
  const eam = { subject: "s", acrValues: ["possession"], amrValues: METHODS };

  test("it is the same kind of answer", async () => {
    const { artifact, ...issued } = await idp.issue(emission, { ...request, eam });
    expect(issued).toEqual({ channel: "eam", user: "u", audience: "a", nonce: "n", eam, at: 1000 });
    expect(artifact.split(".")).toHaveLength(3);
  });

  test("without what Entra asked it is misuse; without a fitting factor it is an error of ours", async () => {
    await expect(idp.issue(emission, request)).rejects.toThrow(TypeError);
    const unfit = { ...eam, acrValues: ["knowledge"] };
    await expect(idp.issue(emission, { ...request, eam: unfit })).rejects.toMatchObject({
      code: "ERR_SCENARIO_INVALID",
    });
  });
});
