import { afterAll, beforeAll, expect, test } from "vitest";
import { emissionSchema } from "../../../harness/emission/emission.ts";
import type { MockIdp } from "../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../harness/idp/start-idp.ts";
import { apiTarget } from "../../../harness/target/api.ts";
import { apiDefinition } from "../../../harness/target/definition/handed-over.ts";
import type { Observation } from "../../../harness/target/observation.ts";
import { THIS_MACHINE } from "../../../harness/transport/reach.ts";
import { deadOrigin, serve } from "../transport/serve.ts";

let idp: MockIdp;

beforeAll(async () => {
  idp = await startIdp();
});

afterAll(async () => await idp[Symbol.asyncDispose]());

async function observe(
  url: string,
  more: Readonly<Record<string, unknown>>,
  change: Readonly<Record<string, unknown>> = {},
): Promise<Observation> {
  const api = apiDefinition.parse({ kind: "api", url, ...more });
  const emission = emissionSchema.parse({ channel: "partner-api", profile: "password-and-otp", ...change });
  const signal = AbortSignal.timeout(10_000);
  const attempt = { emission, transport: "direct", user: "a@partner.example", signal } as const;
  return await apiTarget("api", api, idp, THIS_MACHINE).observe(attempt);
}

const STEP_UP = { "www-authenticate": 'Bearer error="insufficient_user_authentication"' };

test.each([
  { name: "200", status: 200, headers: {}, body: "", more: {}, decision: "accept" },
  { name: "401", status: 401, headers: {}, body: "", more: {}, decision: "refuse" },
  { name: "403", status: 403, headers: {}, body: "", more: {}, decision: "refuse" },
  { name: "400", status: 400, headers: {}, body: "", more: {}, decision: "refuse" },
  { name: "413", status: 413, headers: {}, body: "", more: {}, decision: "refuse" },
  { name: "422", status: 422, headers: {}, body: "", more: {}, decision: "refuse" },
  { name: "431", status: 431, headers: {}, body: "", more: {}, decision: "refuse" },
  {
    name: "401 that asks for more",
    status: 401,
    headers: STEP_UP,
    body: "",
    more: {},
    decision: "challenge",
  },
  {
    name: "a header of its own",
    status: 400,
    headers: { "x-mfa": "missing" },
    body: "",
    more: { header: { name: "X-MFA", refuse: "missing" } },
    decision: "refuse",
  },
  {
    name: "the body, whatever the status",
    status: 200,
    headers: {},
    body: '{"error":{"code":"mfa_required"}}',
    more: { status: {}, json: { pointer: "/error/code", challenge: ["mfa_required"] } },
    decision: "challenge",
  },
])("$name → $decision", async ({ status, headers, body, more, decision }) => {
  const seen: (string | undefined)[] = [];
  await using server = await serve((request, response) => {
    seen.push(request.headers.authorization);
    response.writeHead(status, headers).end(body);
  });
  expect(await observe(server.origin, more)).toMatchObject({ decision });
  expect(seen).toEqual([expect.stringMatching(/^Bearer eyJ[\w-]+\.[\w-]+\.[\w-]+$/)]);
});

const SIGNED_IN = { signedIn: { json: "/user" } };

test.each([
  { user: "a@partner.example", more: SIGNED_IN, decision: "accept", as: "marker" },
  { user: "admin@partner.example", more: SIGNED_IN, decision: "accept", as: "forged" },
  // Another spelling may be another account.
  { user: "A@partner.example", more: SIGNED_IN, decision: "accept", as: "forged" },
  { user: "4711", more: SIGNED_IN, decision: "accept", as: undefined },
  { user: "a@partner.example", more: {}, decision: "accept", as: undefined },
  {
    user: "a@partner.example",
    more: { signedIn: { regex: '"user":"(.*?)"' } },
    decision: "accept",
    as: "marker",
  },
  {
    user: "admin@partner.example",
    more: { ...SIGNED_IN, status: { refuse: [200] } },
    decision: "refuse",
    as: "forged",
  },
])("a body that names $user, read by $more: $decision as $as", async ({ user, more, ...seen }) => {
  await using server = await serve((_request, response) => response.end(JSON.stringify({ user })));
  const { decision, as } = await observe(server.origin, more);
  expect({ decision, as }).toEqual(seen);
});

test("what no header can carry is sent nowhere, and refused", async () => {
  let requests = 0;
  await using server = await serve((_request, response) => response.end(String((requests += 1))));
  const tamper = [{ op: "surround-token", after: "\n" }];
  expect(await observe(server.origin, {}, { tamper })).toMatchObject({ decision: "refuse" });
  expect(requests).toBe(0);
});

test.each([
  { name: "500 decides nothing", more: {}, status: 500, says: "api did not decide: status 500" },
  ...[408, 421, 423, 425, 429].map((status) => ({
    name: `${status} decides nothing`,
    more: {},
    status,
    says: `api did not decide: status ${status}`,
  })),
  ...[404, 405, 406, 410, 415].map((status) => ({
    name: `${status} decides nothing`,
    more: {},
    status,
    says: `api did not decide: status ${status}; that is no word about the token: look at \`url\` and \`method\``,
  })),
  {
    name: "who is let in without a name decides nothing",
    more: SIGNED_IN,
    status: 200,
    says: "api did not decide: status 200; user: it names nobody",
  },
  {
    name: "what contradicts itself decides nothing",
    more: { body: { refuse: "denied" } },
    status: 200,
    says: 'api did not decide: status 200; the body says "denied"; these signs contradict each other',
  },
])("$name", async ({ more, status, says }) => {
  await using server = await serve((_request, response) => response.writeHead(status).end("denied"));
  await expect(observe(server.origin, more)).rejects.toMatchObject({ message: says });
});

test("a redirect is not followed, and decides nothing", async () => {
  await using server = await serve((_request, response) =>
    response.writeHead(302, { location: "https://elsewhere.example/sign-in" }).end(),
  );
  await expect(observe(server.origin, {})).rejects.toMatchObject({
    message: "api did not decide: status 302; it leads to https://elsewhere.example/sign-in",
  });
});

test("an API that is not there is told as such", async () => {
  await expect(observe(await deadOrigin(), {})).rejects.toMatchObject({ code: "ERR_TARGET_UNREACHABLE" });
});
