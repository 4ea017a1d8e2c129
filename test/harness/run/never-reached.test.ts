import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { type Cleanup, openTogether } from "../../../harness/cleanup.ts";
import type { MockIdp } from "../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../harness/idp/start-idp.ts";
import type { CaseResult } from "../../../harness/run/events.ts";
import { planCases } from "../../../harness/run/plan.ts";
import { openReferenceTargets } from "../../../harness/run/reference/targets.ts";
import { run } from "../../../harness/run/run.ts";
import { expandCases } from "../../../harness/scenario/expand.ts";
import { type Scenario, scenarioSchema } from "../../../harness/scenario/schema.ts";
import { appTarget } from "../../../harness/target/app.ts";
import type { Target } from "../../../harness/target/target.ts";
import { makeDrivers } from "../../../harness/transport/drivers.ts";
import { serve } from "../transport/serve.ts";

interface Ground extends AsyncDisposable {
  readonly idp: MockIdp;
  readonly targets: readonly Target[];
}

let ground: Ground;
const served: Target[] = [];

/** A portal that takes its ID token from the browser: it redeems no code, and asks for nothing about anybody. */
async function startTokenOnlyPortal(idp: MockIdp, cleanup: Cleanup): Promise<Target> {
  const issuer = idp.trust.oidcIssuer;
  const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`));
  const portal = cleanup.use(
    await serve(async (request, response) => {
      let body = "";
      for await (const chunk of request) body += String(chunk);
      if (request.method !== "POST") {
        const asked = new URLSearchParams({
          client_id: "token-only",
          redirect_uri: `http://${request.headers.host ?? ""}/`,
          response_type: "id_token",
          response_mode: "form_post",
          scope: "openid",
          nonce: "once",
        });
        return response.writeHead(303, { location: `${issuer}/auth?${asked}` }).end();
      }
      const token = new URLSearchParams(body).get("id_token") ?? "";
      const read = await jwtVerify(token, keys, { issuer, audience: "token-only" }).catch(() => undefined);
      const access = read === undefined ? "sign-in refused" : "granted";
      return response.end(`<p id="signed-in-as">${read?.payload.sub ?? ""}</p><p id="access">${access}</p>`);
    }),
  );
  idp.register({
    clientId: "token-only",
    redirectUris: [`${portal.origin}/`],
    responseTypes: ["id_token"],
  });
  const drivers = cleanup.use(makeDrivers());
  const startUrl = (): string => `${portal.origin}/`;
  return appTarget({ name: "token-only", channels: ["oidc"], startUrl, idp, drivers });
}

/** One of the channel, for the reference apps to be started. */
function anyCase(): Parameters<typeof openReferenceTargets>[1] {
  const scenario = scenarioOf({});
  return [{ id: "any", scenario, transport: "protocol", target: "relying-party" }];
}

beforeAll(async () => {
  ground = await openTogether(async (cleanup) => {
    const idp = cleanup.use(await startIdp());
    served.push(await startTokenOnlyPortal(idp, cleanup));
    const targets = [...served, ...(await openReferenceTargets(idp, anyCase(), cleanup))];
    const dispose = async (): Promise<void> => await cleanup[Symbol.asyncDispose]();
    return { idp, targets, [Symbol.asyncDispose]: dispose };
  });
}, 30_000);

afterAll(async () => await ground[Symbol.asyncDispose]());

function scenarioOf(change: Readonly<Record<string, unknown>>, emission: object = {}): Scenario {
  return scenarioSchema.parse({
    id: "under-test",
    title: "t",
    why: "w",
    references: ["r"],
    emission: { channel: "oidc", profile: "password-and-otp", ...emission },
    transport: ["protocol"],
    expect: { verdict: "compliant", decision: "refuse" },
    ...change,
  });
}

async function resultOf(scenario: Scenario, target: string): Promise<CaseResult | undefined> {
  const targets = ground.targets.filter(({ name }) => name === target);
  let result: CaseResult | undefined;
  await run({
    plan: planCases(expandCases([scenario], targets, ["protocol"]), {}),
    scenarios: [scenario],
    notRun: 0,
    targets,
    trust: ground.idp.trust,
    workers: 1,
    signal: AbortSignal.timeout(20_000),
    now: () => 0,
    onEvent: (event) => {
      if (event.type === "case-end") ({ result } = event);
    },
  });
  return result;
}

const remove = (path: string): object => ({ patch: [{ op: "remove", path }] });
const NEVER = "the fault never reached the target: the IdP was asked for no";
const USER_INFO = { steps: ["sign-in", "user-info"] };
const CLASS = "http://schemas.microsoft.com/claims/multipleauthn";

describe("a fault that was not handed out proves nothing", () => {
  test.each<{
    target: string;
    what: string;
    emission: object;
    course?: Readonly<Record<string, unknown>>;
    lacks: string;
  }>([
    {
      target: "token-only",
      what: "no code is redeemed",
      emission: remove("/tokenResponse/id_token"),
      lacks: "token response",
    },
    {
      target: "relying-party",
      what: "UserInfo is not asked",
      emission: remove("/userInfo/sub"),
      lacks: "user info",
    },
    {
      target: "relying-party",
      what: "nothing is refreshed",
      emission: remove("/refreshedIdToken/claims/sub"),
      lacks: "refreshed ID token",
    },
    {
      target: "relying-party",
      what: "the session does not end",
      emission: remove("/logoutToken/claims/exp"),
      lacks: "logout token",
    },
    {
      target: "relying-party",
      what: "the issuer has no document of its own",
      emission: remove("/discovery/issuer"),
      lacks: "discovery document",
    },
    {
      target: "relying-party",
      what: "nor keys of its own",
      emission: remove("/jwks/keys/0"),
      lacks: "key set",
    },
    {
      target: "relying-party",
      what: "what the IdP says later is never asked for",
      emission: {},
      course: {
        steps: ["sign-in", "user-info"],
        later: { patch: [{ op: "remove", path: "/idToken/claims/amr" }] },
      },
      lacks: "ID token",
    },
    {
      target: "service-provider",
      what: "the IdP itself refuses, for it was asked for MFA",
      emission: { channel: "saml", profile: "password-only", tamper: [{ op: "wrap", form: "xsw1" }] },
      course: { asks: { requestedAuthnContext: { classes: [CLASS], comparison: "exact" } } },
      lacks: "SAML response that tells of a sign-in",
    },
  ])("$target: $what → no $lacks", async ({ target, emission, course = {}, lacks }) => {
    const result = await resultOf(scenarioOf(course, emission), target);
    expect(result?.outcome).toEqual({ status: "inconclusive", differences: [`${NEVER} ${lacks}`] });
  });

  test.each<{ target: string; emission: object; course?: Readonly<Record<string, unknown>>; has: string[] }>([
    { target: "token-only", emission: { key: "stranger" }, has: ["idToken", "authorizationResponse"] },
    { target: "relying-party", emission: remove("/userInfo/sub"), course: USER_INFO, has: ["userInfo"] },
    {
      target: "service-provider",
      emission: { channel: "saml", profile: "password-only", ignore: ["RequestedAuthnContext"] },
      course: { asks: { requestedAuthnContext: { classes: [CLASS], comparison: "exact" } } },
      has: ["samlResponse"],
    },
  ])("$target was handed $has", async ({ target, emission, course = {}, has }) => {
    const result = await resultOf(scenarioOf(course, emission), target);
    expect(result?.observation?.decision).toBe("refuse");
    expect(result?.observation?.handedOut).toEqual(expect.arrayContaining(has));
    expect(result?.outcome.differences.filter((line) => line.startsWith(NEVER))).toEqual([]);
  });
});
