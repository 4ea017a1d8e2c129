import { decodeJwt, decodeProtectedHeader } from "jose";
import { expect, test } from "vitest";
import { API_SCHEMAS } from "../../../../harness/idp/api/schemas.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { callApi } from "./client.ts";
import { authorize, discover, emissionOf, PORTAL } from "../relying-party.ts";

const ASKED = { user: "u", audience: "a" };

test.each([
  { body: { now: 1_900_000_000, frozen: true }, now: 1_900_000_000 },
  { body: { now: "2030-03-17T17:46:40Z", frozen: true }, now: 1_900_000_000 },
  { body: { now: "2030-03-17T18:46:40+01:00", frozen: true }, now: 1_900_000_000 },
])("POST /clock $body", async ({ body, now }) => {
  await using idp = await startIdp();
  const set = await callApi(idp, "POST", "/clock", { body });
  expect(set).toMatchObject({ status: 200, body: { now, frozen: true } });
  expect(API_SCHEMAS.Clock.parse((await callApi(idp, "GET", "/clock")).body).now).toBe(now);
  expect(decodeJwt((await idp.issue(emissionOf({}), ASKED)).artifact).iat).toBe(now);
  const moved = await callApi(idp, "POST", "/clock", { body: { shift: -100, frozen: true } });
  expect(moved.body).toMatchObject({ now: now - 100 });
  expect((await callApi(idp, "DELETE", "/clock")).body).toMatchObject({ frozen: false, ahead: 0 });
});

test("POST /keys/rotate names the keys that sign and that signed", async () => {
  await using idp = await startIdp();
  const { kid } = decodeProtectedHeader((await idp.issue(emissionOf({}), ASKED)).artifact);
  const first = await callApi(idp, "POST", "/keys/rotate", { body: {} });
  const after = decodeProtectedHeader((await idp.issue(emissionOf({}), ASKED)).artifact).kid;
  expect(first).toMatchObject({ status: 200, body: { kids: [after, kid] } });
  const second = await callApi(idp, "POST", "/keys/rotate", { body: { overlap: false } });
  expect(API_SCHEMAS.SigningKeys.parse(second.body).kids).toHaveLength(1);
});

test("POST /relying-parties registers one that may ask at once", async () => {
  await using idp = await startIdp();
  const body = { ...PORTAL, responseTypes: ["code id_token token"], idTokenSignedResponseAlg: "ES256" };
  expect((await callApi(idp, "POST", "/relying-parties", { body })).status).toBe(204);
  const parameters = { response_type: "code id_token token", nonce: "n", response_mode: "fragment" };
  const { url } = await authorize(idp, await discover(idp), { parameters });
  const token = new URLSearchParams(new URL(url).hash.slice(1)).get("id_token") ?? "";
  expect(decodeProtectedHeader(token).alg).toBe("ES256");
});

test.each([
  { path: "/clock", body: {}, place: "" },
  { path: "/clock", body: { now: "yesterday" }, place: "/now" },
  { path: "/clock", body: { now: 1, shift: 1 }, place: "" },
  { path: "/clock", body: { shift: 0.5 }, place: "" },
  { path: "/keys/rotate", body: { overlap: "yes" }, place: "/overlap" },
  { path: "/relying-parties", body: { clientId: "x", redirectUris: [] }, place: "/redirectUris" },
  {
    path: "/relying-parties",
    body: { clientId: "x", redirectUris: ["http://127.0.0.1:9/"], responseTypes: ["none"] },
    place: "/responseTypes/0",
  },
  {
    path: "/relying-parties",
    body: { clientId: "x", redirectUris: ["http://127.0.0.1:9/"], idTokenSignedResponseAlg: "HS256" },
    place: "/clientSecret",
  },
  {
    path: "/relying-parties",
    body: { ...PORTAL, idTokenEncryptedResponseAlg: "RSA-OAEP" },
    place: "/encryptionKey",
  },
  {
    path: "/relying-parties",
    body: { ...PORTAL, encryptionKey: { kty: "RSA", n: "AQ", e: "AQAB", d: "AQ" } },
    place: "/encryptionKey/d",
  },
])("POST $path $body is refused at $place", async ({ path, body, place }) => {
  await using idp = await startIdp();
  const answer = await callApi(idp, "POST", path, { body });
  expect(answer.status).toBe(422);
  expect(API_SCHEMAS.Problem.parse(answer.body).problems?.map((problem) => problem.place)).toContain(place);
});

test("a moment that no certificate can hold is refused", async () => {
  await using idp = await startIdp();
  const answer = await callApi(idp, "POST", "/clock", { body: { now: 300_000_000_000 } });
  expect(answer).toMatchObject({ status: 422, body: { code: "ERR_USAGE" } });
});
