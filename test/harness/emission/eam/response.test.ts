import { createLocalJWKSet, jwtVerify } from "jose";
import { beforeAll, describe, expect, test } from "vitest";
import { emitEamResponse, type EamOrder } from "../../../../harness/emission/eam/response.ts";
import { eamJwk } from "../../../../harness/emission/eam/keys.ts";
import { emissionSchema } from "../../../../harness/emission/emission.ts";
import { makeEmissionKeys } from "../../../../harness/emission/keys/keys.ts";
import { eamProfile } from "../../../../harness/emission/profiles/eam.ts";

const ALL = "face fido fpt hwk iris otp pop retina sc sms swk tel vbm".split(" ");
import { HarnessError } from "../../../../harness/errors.ts";

describe("the factor fits what was asked (Entra's EAM provider reference)", () => {
  test.each([
    { acrValues: ["possessionorinherence"], amrValues: ALL, factor: ["possessionorinherence", "otp"] },
    { acrValues: ["possession"], amrValues: ALL, factor: ["possession", "otp"] },
    { acrValues: ["knowledgeorpossession"], amrValues: ALL, factor: ["knowledgeorpossession", "otp"] },
    { acrValues: ["inherence"], amrValues: ALL, factor: ["inherence", "face"] },
    { acrValues: ["knowledgeorinherence"], amrValues: ALL, factor: ["knowledgeorinherence", "face"] },
    {
      acrValues: ["knowledgeorpossessionorinherence"],
      amrValues: ["vbm", "fido"],
      factor: ["knowledgeorpossessionorinherence", "vbm"],
    },
    { acrValues: ["possession"], amrValues: ["vbm", "fido"], factor: ["possession", "fido"] },
    { acrValues: ["knowledge", "inherence"], amrValues: ["otp", "iris"], factor: ["inherence", "iris"] },
    { acrValues: ["knowledge"], amrValues: ALL, factor: undefined },
    { acrValues: ["inherence"], amrValues: ["otp", "sms"], factor: undefined },
    { acrValues: ["possessionorinherence"], amrValues: ["pwd", "mfa"], factor: undefined },
    { acrValues: ["constructor", "__proto__"], amrValues: ["constructor", "toString"], factor: undefined },
    { acrValues: ["Possession"], amrValues: ALL, factor: undefined },
  ])("$acrValues from $amrValues → $factor", ({ acrValues, amrValues, factor }) => {
    const found = eamProfile("password-and-otp", { acrValues, amrValues });
    expect(found && [found.acr, ...found.amr]).toEqual(factor);
  });

  test("password-only claims the class and says pwd, which is no factor", () => {
    expect(eamProfile("password-only", { acrValues: ["possession"], amrValues: ALL })).toEqual({
      acr: "possession",
      amr: ["pwd"],
    });
  });
});

const order: EamOrder = {
  issuer: "http://127.0.0.1:1/eam",
  audience: "client-id-for-entra",
  subject: "pairwise",
  nonce: "n-1",
  state: "s-1",
  acrValues: ["possessionorinherence"],
  amrValues: ALL,
  issuedAt: 1_767_225_600,
};
const keys = makeEmissionKeys();
let jwks: ReturnType<typeof createLocalJWKSet>;

beforeAll(async () => {
  jwks = createLocalJWKSet({ keys: [{ kty: "RSA", ...eamJwk(await keys.published(), "certificate") }] });
});

async function emit(changes: object, asked: Partial<EamOrder> = {}) {
  const emission = emissionSchema.parse({ channel: "eam", profile: "password-and-otp", ...changes });
  return await emitEamResponse(emission, { ...order, ...asked }, keys);
}

test("the token holds exactly the claims of Entra's EAM provider reference", async () => {
  const answer = await emit({});
  const currentDate = new Date(order.issuedAt * 1000);
  const { payload, protectedHeader } = await jwtVerify(answer?.idToken ?? "", jwks, { currentDate });
  expect(payload).toEqual({
    iss: order.issuer,
    aud: order.audience,
    sub: "pairwise",
    nonce: "n-1",
    iat: 1_767_225_600,
    exp: 1_767_225_900,
    acr: "possessionorinherence",
    amr: ["otp"],
  });
  expect(protectedHeader).toMatchObject({ typ: "JWT", alg: "RS256" });
  expect(answer?.state).toBe("s-1");
});

test("without a state none goes back", async () => {
  const { state: _state, ...stateless } = order;
  const emission = emissionSchema.parse({ channel: "eam", profile: "password-and-otp" });
  expect(await emitEamResponse(emission, stateless, keys)).not.toHaveProperty("state");
});

test("the key id is base64 of 32 bytes, in the header as in the JWK Set", async () => {
  const { kid } = eamJwk(await keys.published(), "certificate");
  expect(kid).toMatch(/^[A-Za-z0-9+/]{43}=$/);
  const { idToken = "" } = (await emit({})) ?? {};
  const header: unknown = JSON.parse(Buffer.from(idToken.split(".")[0] ?? "", "base64url").toString());
  expect(header).toEqual({ typ: "JWT", alg: "RS256", kid });
});

test.each([
  ["flipped", { tamper: [{ op: "flip-signature" }] }],
  ["stripped", { tamper: [{ op: "strip-signature" }] }],
  ["replaced", { tamper: [{ op: "replace-text", find: '"otp"', replace: '"sms"' }] }],
  ["a stranger's", { key: "stranger" }],
])("a signature that is %s is refused by jose", async (_how, changes) => {
  const { idToken = "" } = (await emit(changes)) ?? {};
  const currentDate = new Date(order.issuedAt * 1000);
  await expect(jwtVerify(idToken, jwks, { currentDate })).rejects.toThrow(/signature|alg|JWS/i);
});

test.each([
  ["/eamResponse/state", "other", "other"],
  ["/eamResponse/state", "", ""],
])("a patched state %s is posted as %j", async (path, value, state) => {
  expect((await emit({ patch: [{ op: "set", path, value }] }))?.state).toBe(state);
});

test("a request that nothing fits has no answer", async () => {
  expect(await emit({}, { acrValues: ["knowledge"] })).toBeUndefined();
});

test.each([
  ["another channel", { channel: "oidc" }, /channel oidc/],
  ["no token", { patch: [{ op: "remove", path: "/eamResponse/idToken" }] }, /no token/],
  ["no answer", { patch: [{ op: "remove", path: "/eamResponse" }] }, /no token/],
  ["a state of another type", { patch: [{ op: "set", path: "/eamResponse/state", value: 7 }] }, /state is 7/],
])("%s is an error of ours", async (_what, changes, message) => {
  const failing = emit(changes);
  await expect(failing).rejects.toThrow(HarnessError);
  await expect(failing).rejects.toThrow(message);
});
