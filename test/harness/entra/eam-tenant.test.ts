import { createServer } from "node:http";
import { parse } from "node-html-parser";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { emissionSchema } from "../../../harness/emission/emission.ts";
import { startEntra, type EntraStandIns } from "../../../harness/entra/start-entra.ts";
import type { MockIdp } from "../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../harness/idp/start-idp.ts";
import { listenOnLoopback } from "../../../harness/partner/listen.ts";
import { startEamTenant } from "../../../harness/entra/eam-tenant.ts";
import { makeUserAgent, type UserAgent, type Visit } from "../idp/user-agent.ts";
import { standIn } from "../idp/eam/requests.ts";

let idp: MockIdp;
let entra: EntraStandIns;

beforeAll(async () => {
  idp = await startIdp();
  entra = await startEntra(idp);
});

afterAll(async () => {
  await entra[Symbol.asyncDispose]();
  await idp.stop();
});

const USER = "agent@partner.example";

function read({ page }: Visit, id: string): string | undefined {
  return page.getElementById(id)?.text.trim();
}

function browser(): UserAgent {
  return makeUserAgent("http://127.0.0.1:");
}

/** The page with the provider's answer, not sent yet. */
async function answerOf(agent: UserAgent, changes: object = {}): Promise<Visit> {
  const emission = emissionSchema.parse({ channel: "eam", profile: "password-and-otp", ...changes });
  const choice = idp.offer(emission, "offered by a test");
  const away = await agent.get(`${entra.tenant.origin}/portal?user=${USER}`);
  const page = await agent.submit(away, {});
  return await agent.submit(page, { emission: choice, action: "sign-in" });
}

const set = (path: string, value: unknown) => ({ op: "set", path: `/eamResponse/${path}`, value });

describe("what the provider answers", () => {
  test("one factor that was asked for is taken", async () => {
    const agent = browser();
    const page = await agent.submit(await answerOf(agent), {});
    expect(read(page, "signed-in-as")).toBe(USER);
    expect(read(page, "access")).toBe("granted");
  });

  test.each([
    ["a stranger's signature", { key: "stranger" }, "AADSTS50012"],
    ["alg none", { tamper: [{ op: "strip-signature" }] }, "AADSTS50027"],
    [
      "a claim twice",
      {
        patch: [
          { op: "raw", path: "/eamResponse/idToken/claims/acr", text: '"a","acr":"possessionorinherence"' },
        ],
      },
      "AADSTS50027",
    ],
    ["another subject", { patch: [set("idToken/claims/sub", "somebody-else")] }, "AADSTS50027"],
    ["another audience", { patch: [set("idToken/claims/aud", "another-client")] }, "AADSTS50027"],
    ["two audiences", { patch: [set("idToken/claims/aud", ["mfa-harness", "another"])] }, "AADSTS50161"],
    ["an old nonce", { patch: [set("idToken/claims/nonce", "old")] }, "AADSTS50027"],
    [
      "a broader class",
      { patch: [set("idToken/claims/acr", "knowledgeorpossessionorinherence")] },
      "AADSTS50161",
    ],
    ["two methods", { patch: [set("idToken/claims/amr", ["otp", "face"])] }, "AADSTS50161"],
    ["a method of nobody", { patch: [set("idToken/claims/amr", ["constructor"])] }, "AADSTS50130"],
    ["the password", { profile: "password-only" }, "AADSTS50130"],
    ["an error", { patch: [set("error", "access_denied")] }, "AADSTS50012620"],
    ["another state", { patch: [set("state", "constructor")] }, "AADSTS50158"],
  ])("%s is refused", async (_what, changes, code) => {
    const agent = browser();
    const page = await agent.submit(await answerOf(agent, changes), {});
    expect(read(page, "access")).toBe("sign-in refused");
    expect(read(page, "reason")).toContain(code);
    expect((await agent.get(`${entra.tenant.origin}/`)).html).not.toContain("MFA confirmed");
  });

  test("an answer counts once, and in the browser that asked", async () => {
    const agent = browser();
    const answer = await answerOf(agent);
    expect(read(await browser().submit(answer, {}), "reason")).toContain("AADSTS50158");
    expect(read(await agent.submit(answer, {}), "access")).toBe("granted");
    expect(read(await agent.submit(answer, {}), "reason")).toContain("AADSTS50158");
  });

  test("an answer by GET is refused", async () => {
    const answer = await fetch(`${entra.tenant.redirectUri}?id_token=a.b.c&state=x`);
    expect(answer.status).toBe(401);
    expect(await answer.text()).toContain("AADSTS900561");
  });

  test.each([
    ["nothing", ""],
    ["a state twice", "state=a&state=b&id_token=x"],
    ["markup", "state=%3Cscript%3E&id_token=%3Cscript%3E"],
    ["a megabyte", `id_token=${"x".repeat(1_000_000)}`],
  ])("a form with %s gets a page and no stack", async (_what, body) => {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const response = await fetch(entra.tenant.redirectUri, { method: "POST", body, headers });
    expect([401, 413]).toContain(response.status);
    expect(await response.text()).not.toMatch(/<script>|\n\s+at /);
  });
});

describe("what is read of the provider before anybody is sent there (Entra's EAM provider reference)", () => {
  const SUFFIX = "/.well-known/openid-configuration";

  /** A provider that serves these documents; undefined members are left out. */
  async function startProvider(change: object, jwks: unknown) {
    const documents = new Map<string, unknown>();
    const server = createServer(({ url = "" }, response) => {
      const document = documents.get(url);
      const text = typeof document === "string" ? document : JSON.stringify(document);
      const status = document === undefined ? 404 : 200;
      response.writeHead(status, { "content-length": Buffer.byteLength(text ?? "") }).end(text);
    });
    const running = await listenOnLoopback(
      (request, response) => server.emit("request", request, response),
      0,
    );
    const shared: unknown = await (await fetch(`${idp.trust.eamIssuer}${SUFFIX}`)).json();
    const issuer = running.origin;
    const own = { issuer, authorization_endpoint: `${issuer}/authorize`, jwks_uri: `${issuer}/jwks` };
    documents.set(SUFFIX, { ...(typeof shared === "object" ? shared : {}), ...own, ...change });
    documents.set("/jwks", jwks);
    return running;
  }

  async function reasonWith(change: object, jwks: unknown): Promise<string | undefined> {
    await using provider = await startProvider(change, jwks);
    const discoveryUrl = `${provider.origin}${SUFFIX}`;
    await using tenant = await startEamTenant({ entra: standIn(idp), discoveryUrl });
    const html = await (await fetch(`${tenant.origin}/portal`)).text();
    return parse(html).getElementById("reason")?.text;
  }

  test("all as it should be: the person is sent", async () => {
    expect(await reasonWith({}, idp.trust.eamJwks)).toBeUndefined();
  });

  test.each([
    [{ issuer: "https://other.example" }, /not the configured/],
    [{ authorization_endpoint: "http://127.0.0.1:9/upstream" }, /AADSTS50161/],
    [{ jwks_uri: "http://127.0.0.1:9/jwks?v=1" }, /query/],
    [{ jwks_uri: "http://provider.example/jwks" }, /HTTPS/],
    [{ scopes_supported: ["profile"] }, /scopes_supported/],
    [{ response_types_supported: undefined }, /response_types_supported/],
    [{ id_token_signing_alg_values_supported: ["ES256"] }, /id_token_signing_alg/],
    [{ subject_types_supported: [] }, /subject_types_supported/],
    [{ claim_types_supported: ["aggregated"] }, /claim_types_supported/],
  ])("%j is refused", async (change, reason) => {
    expect(await reasonWith(change, idp.trust.eamJwks)).toMatch(reason);
  });

  test.each([
    ["no key", { keys: [] }, /keys/],
    ["no JSON", "{", /not JSON/],
    ["no set", [], /no usable/],
    ["a key without x5c", { keys: [{ kty: "RSA", kid: "YQ==", n: "AQAB", e: "AQAB" }] }, /x5c/],
    [
      "an x5c of another key",
      { keys: [{ kty: "RSA", kid: "YQ==", n: "AQAB", e: "AQAB", x5c: ["AAAA"] }] },
      /not its certificate/,
    ],
    [
      "a kid in base64url",
      { keys: [{ kty: "RSA", kid: "a-_b", n: "AQAB", e: "AQAB", x5c: ["AAAA"] }] },
      /kid/,
    ],
  ])("a JWK Set with %s is refused", async (_what, jwks, reason) => {
    expect(await reasonWith({}, jwks)).toMatch(reason);
  });

  test.each(["https://evil.example/eam", "http://169.254.1.1/eam", "file:///etc", "constructor"])(
    "?iss=%s leads nowhere else",
    async (iss) => {
      const page = await browser().get(`${entra.tenant.origin}/portal?iss=${encodeURIComponent(iss)}`);
      expect(page.page.querySelector("form")?.getAttribute("action")).toBe(
        `${idp.trust.eamIssuer}/authorize`,
      );
    },
  );
});
