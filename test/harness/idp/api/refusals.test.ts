import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { API_SCHEMAS } from "../../../../harness/idp/api/schemas.ts";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { callApi, type ApiAnswer, type ApiCall } from "./client.ts";
import { emissionOf } from "../relying-party.ts";

const NO_MFA = { channel: "oidc", profile: "password-only" } as const;

let idp: MockIdp;
const call = async (method: string, path: string, wish: ApiCall = {}): Promise<ApiAnswer> =>
  await callApi(idp, method, path, wish);

beforeAll(async () => {
  idp = await startIdp({ catalogue: [{ id: "no-mfa", title: "No MFA", emission: emissionOf(NO_MFA) }] });
});
afterAll(async () => await idp.stop());

describe("what cannot be done is told with the place and the next step", () => {
  const form = { "content-type": "application/x-www-form-urlencoded" };
  const OFFER = { emission: NO_MFA, title: "t" };
  const ISSUE = { emission: NO_MFA, user: "u", audience: "a" };
  test.each<{ method: string; path: string; wish?: ApiCall; status: number; problem?: object }>([
    {
      method: "PUT",
      path: "/emission",
      wish: { body: { ...NO_MFA, channel: "oidx" } },
      status: 422,
      problem: { place: "/channel", found: '"oidx"' },
    },
    {
      method: "PUT",
      path: "/emission",
      wish: { body: { ...NO_MFA, patches: 1 } },
      status: 422,
      problem: { place: "/patches", found: "1" },
    },
    {
      method: "PUT",
      path: "/emission",
      wish: { body: { channel: "oidc" } },
      status: 422,
      problem: { place: "/profile" },
    },
    {
      method: "PUT",
      path: "/emission",
      wish: { body: { ...NO_MFA, patch: [{ op: "sett", path: "/idToken" }] } },
      status: 422,
      problem: { place: "/patch/0/op", found: '"sett"' },
    },
    {
      method: "PUT",
      path: "/emission",
      wish: { body: { ...NO_MFA, patch: [{ op: "set", path: "/samlResponse/id", value: "" }] } },
      status: 422,
      problem: { place: "/patch/0/path" },
    },
    {
      method: "PUT",
      path: "/emission",
      wish: { body: { scenario: "no-mfa", profile: "x" } },
      status: 422,
      problem: { place: "/profile" },
    },
    { method: "PUT", path: "/emission", wish: { body: { scenario: "nothing" } }, status: 422 },
    { method: "PUT", path: "/emission", wish: { body: [] }, status: 422, problem: { place: "" } },
    { method: "PUT", path: "/emission", wish: { body: "{" }, status: 400 },
    { method: "PUT", path: "/emission", wish: { body: "7" }, status: 400 },
    { method: "PUT", path: "/emission", wish: { body: { x: "x".repeat(262_145) } }, status: 413 },
    { method: "PUT", path: "/emission", wish: { body: "channel=oidc", headers: form }, status: 415 },
    {
      method: "PUT",
      path: "/emission",
      wish: { body: "{}", headers: { "content-type": "text/plain" } },
      status: 415,
    },
    {
      method: "PUT",
      path: "/emission",
      wish: { body: "{}", headers: { "content-type": "application/json-seq" } },
      status: 415,
    },
    {
      method: "PUT",
      path: "/emission",
      wish: { body: "{}", headers: { "content-encoding": "gzip" } },
      status: 415,
    },
    {
      method: "PUT",
      path: "/emission",
      wish: { body: "{}", headers: { "content-type": "application/json; charset=latin1" } },
      status: 415,
    },
    { method: "PUT", path: "/emission", status: 415 },
    { method: "POST", path: "/reset", wish: { body: "a=b", headers: form }, status: 415 },
    { method: "POST", path: "/use/nothing", status: 404 },
    { method: "POST", path: "/use/%00%ff", status: 400 },
    {
      method: "POST",
      path: "/offers",
      wish: { body: { ...OFFER, scenario: "no-mfa" } },
      status: 422,
      problem: { place: "/emission" },
    },
    {
      method: "POST",
      path: "/offers",
      wish: { body: { title: "t" } },
      status: 422,
      problem: { place: "/emission" },
    },
    {
      method: "POST",
      path: "/offers",
      wish: { body: { ...OFFER, title: "" } },
      status: 422,
      problem: { place: "/title", found: '""' },
    },
    {
      method: "POST",
      path: "/offers",
      wish: { body: { scenario: "nothing", title: "t" } },
      status: 422,
      problem: { place: "/scenario", found: '"nothing"' },
    },
    { method: "DELETE", path: "/offers/oidc-password-only", status: 404 },
    { method: "DELETE", path: "/offers/offer-1", status: 404 },
    {
      method: "POST",
      path: "/issue",
      wish: { body: { ...ISSUE, user: "\u0000" } },
      status: 422,
      problem: { place: "/user", found: '"\\u0000"' },
    },
    {
      method: "POST",
      path: "/issue",
      wish: { body: { ...ISSUE, emission: { channel: "eam", profile: "password-only" } } },
      status: 422,
    },
    {
      method: "POST",
      path: "/issue",
      wish: {
        body: {
          ...ISSUE,
          emission: { ...NO_MFA, patch: [{ op: "remove", path: "/idToken/claims/nothing" }] },
        },
      },
      status: 422,
    },
    { method: "GET", path: "/issued", status: 422, problem: { place: "/choice" } },
    { method: "GET", path: "/issued?choice=nothing", status: 404 },
    { method: "GET", path: "/reset", status: 405 },
    { method: "PATCH", path: "/emission", status: 405 },
    { method: "GET", path: "/nothing", status: 404 },
    { method: "GET", path: "/", status: 404 },
  ])("$method $path $wish → $status", async ({ method, path, wish, status, problem }) => {
    const answer = await call(method, path, wish);
    expect(answer).toMatchObject({ status, type: "application/problem+json; charset=utf-8" });
    const told = API_SCHEMAS.Problem.parse(answer.body);
    expect(told).toMatchObject({ status, ...(problem === undefined ? {} : { problems: [problem] }) });
    expect(JSON.stringify(told)).not.toMatch(/node_modules|\.ts\b|\bat \w+ \(/);
    if (status === 405) expect(answer.headers["allow"]).toMatch(/^[A-Z, ]+$/);
    expect(idp.inUse().oidc?.choice).toBe("oidc-password-and-otp");
  });

  test("whatever JSON comes, it is taken or told why not", async () => {
    const body = fc.oneof(
      fc.jsonValue(),
      fc.record({
        channel: fc.constantFrom("oidc", "saml"),
        profile: fc.constant("password-only"),
        patch: fc.jsonValue(),
      }),
      fc.record({
        emission: fc.jsonValue(),
        scenario: fc.jsonValue(),
        title: fc.jsonValue(),
        user: fc.jsonValue(),
      }),
    );
    const where = fc.constantFrom(
      ["PUT", "/emission"] as const,
      ["POST", "/offers"] as const,
      ["POST", "/issue"] as const,
    );
    await fc.assert(
      fc.asyncProperty(where, body, async ([method, path], value) => {
        const { status } = await call(method, path, { body: JSON.stringify(value) });
        expect([200, 201, 400, 422]).toContain(status);
      }),
      { numRuns: 150 },
    );
  });
});
