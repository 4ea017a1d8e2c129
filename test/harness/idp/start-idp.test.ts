import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { createLocalJWKSet, jwtVerify } from "jose";
import { parse } from "node-html-parser";
import { expect, test } from "vitest";
import { z } from "zod";
import type { EmissionInput } from "../../../harness/emission/emission.ts";
import { emission } from "../../../harness/idp/read-emission.ts";
import { startIdp } from "../../../harness/idp/start-idp.ts";
import { authorize, discover, emissionOf, PORTAL, refresh, signIn } from "./relying-party.ts";
import { makeUserAgent } from "./user-agent.ts";

const NO_MFA = { channel: "oidc", profile: "password-only" } as const;

test("it listens on a free port, says that it is up, and shows its URLs", async () => {
  await using idp = await startIdp();
  expect(idp.origin).toBe(`http://127.0.0.1:${idp.port}`);
  const health = await fetch(`${idp.origin}/_harness/health`);
  expect(health.status).toBe(200);
  expect(await health.text()).toBe('{"status":"up"}');
  const index = parse(await (await fetch(idp.origin)).text());
  const links = index.querySelectorAll("a").map((link) => link.getAttribute("href"));
  expect(links).toContain(`${idp.origin}/oidc/.well-known/openid-configuration`);
  const statuses = await Promise.all(
    links
      .filter((link) => link !== `${idp.origin}/oidc`)
      .map(async (link) => (await fetch(link ?? "")).status),
  );
  expect(statuses).toEqual([200, 200, 200, 200, 200, 200]);
});

test("a port in use is one sentence with the next step", async () => {
  await using first = await startIdp();
  await expect(startIdp({ port: first.port })).rejects.toMatchObject({
    name: "HarnessError",
    code: "ERR_PORT_IN_USE",
    message: `port ${first.port} on 127.0.0.1 is taken by another program`,
    hint: "Choose another port, or name none for any free one.",
  });
});

test("stopped twice, it is stopped, and the port is free again", async () => {
  const first = await startIdp();
  await Promise.all([first.stop(), first.stop()]);
  await expect(fetch(first.origin)).rejects.toThrow("fetch failed");
  await using again = await startIdp({ port: first.port });
  expect(again.port).toBe(first.port);
});

test("what it publishes is what it is trusted by", async () => {
  await using idp = await startIdp();
  const published: unknown = await (await fetch(`${idp.origin}/oidc/jwks`)).json();
  expect(published).toEqual(idp.trust.jwks);
  expect(JSON.stringify(idp.trust.jwks)).not.toContain('"d"');
});

test.each([
  { channel: "oidc", audience: "portal", nonce: "n", amr: ["pwd", "otp", "mfa"] },
  { channel: "partner-api", audience: "https://api.partnercenter.microsoft.com", amr: ["pwd", "mfa"] },
] as const)("issue without HTTP: $channel", async ({ channel, amr, ...asked }) => {
  await using idp = await startIdp();
  const now = Math.floor(Date.now() / 1000);
  const request = { user: "agent@partner.example", ...asked, now };
  const { artifact, ...issued } = await idp.issue(emissionOf({ channel }), request);
  expect(issued).toEqual({ channel, user: "agent@partner.example", ...asked, at: now });
  const jwks = createLocalJWKSet({ keys: idp.trust.jwks.keys.map((key) => ({ kty: "RSA", ...key })) });
  const { payload } = await jwtVerify(artifact, jwks, {
    issuer: idp.trust.oidcIssuer,
    audience: asked.audience,
  });
  expect(payload).toMatchObject({ sub: "agent@partner.example", upn: "agent@partner.example", amr });
  expect(idp.journal()).toEqual([]);
});

test("the clock given tells every time in the token and the journal", async () => {
  await using idp = await startIdp({
    relyingParties: [{ ...PORTAL, responseTypes: ["id_token"] }],
    now: () => 1000,
  });
  const choice = idp.offer(emissionOf({}), "on the clock");
  const parameters = { response_type: "id_token", nonce: "n", response_mode: "form_post" };
  await authorize(idp, await discover(idp), { choice, parameters });
  const [issued] = idp.issued(choice);
  const payload: unknown = JSON.parse(
    Buffer.from(issued?.artifact.split(".")[1] ?? "", "base64url").toString(),
  );
  expect(payload).toMatchObject({ iat: 1000, auth_time: 1000, exp: 4600 });
  expect(idp.journal().every(({ at }) => at === 1000)).toBe(true);
});

test("a refreshed ID token is new, but its auth_time is that of the sign-in", async () => {
  let clock = 1000;
  await using idp = await startIdp({ relyingParties: [PORTAL], now: () => clock });
  const first = await signIn(idp, await discover(idp));
  clock = 1500;
  const { claims } = await refresh(idp, first);
  expect(claims).toMatchObject({ auth_time: 1000, iat: 1500, exp: 5100 });
});

/** What a JavaScript caller can give, and the type forbids. */
const anything = z.custom<EmissionInput>();

test.each([
  { wrong: { channel: "oidx", profile: "password-only" }, place: "/channel" },
  {
    wrong: { ...NO_MFA, patch: [{ op: "set", path: "/samlResponse/id", value: 1 }] },
    place: "/patch/0/path",
  },
  { wrong: { ...NO_MFA, patches: [] }, place: "/patches" },
  { wrong: null, place: "the emission" },
])("an emission that is none is refused, at $place", async ({ wrong, place }) => {
  await using idp = await startIdp();
  const message: unknown = expect.stringContaining(place);
  const refusal = { name: "HarnessError", code: "ERR_SCENARIO_INVALID", message };
  const given = anything.parse(wrong);
  await expect(idp.use(given)).rejects.toMatchObject(refusal);
  await expect(idp.issue(given, { user: "u", audience: "a" })).rejects.toMatchObject(refusal);
  expect(idp.inUse().oidc?.choice).toBe("oidc-password-and-otp");
});

test("a scenario is used by its id, from the catalogue given", async () => {
  const entry = { id: "mine", title: "Mine", emission: emissionOf({ profile: "password-only" }) };
  await using idp = await startIdp({ catalogue: [entry] });
  await idp.use("mine");
  expect(idp.inUse().oidc).toEqual({ choice: "use-oidc", emission: entry.emission, scenario: "mine" });
  await idp.use({ channel: "oidc", profile: "password-only" });
  expect(idp.inUse().oidc).toEqual({ choice: "use-oidc", emission: entry.emission });
  await expect(idp.use("another")).rejects.toMatchObject({
    code: "ERR_SCENARIO_INVALID",
    message: 'there is no scenario "another" in the catalogue',
  });
});

test("an emission is written short and made whole", () => {
  expect(emission({ channel: "oidc", profile: "password-only" })).toEqual(
    emissionOf({ profile: "password-only" }),
  );
});

test.each([
  // Somebody will ask it, and while its keys are made there is time.
  { start: "startIdp", loads: ["express"] },
  { start: "startIdpToHandOver", loads: [] },
])("$start alone loads no schemas, and of what answers $loads", async ({ start, loads }) => {
  const script = `
    import { registerHooks } from "node:module";
    const loaded = new Set();
    registerHooks({
      load(url, context, next) {
        const [, name] = /node_modules\\/(?:@[^/]+\\/)?([^/]+)/.exec(url) ?? [];
        if (name !== undefined) loaded.add(name);
        return next(url, context);
      },
    });
    const starts = await import("./harness/idp/start-idp.ts");
    await using idp = await starts.${start}();
    process.stdout.write(JSON.stringify([...loaded]));`;
  const { stdout } = await promisify(execFile)(process.execPath, [
    "--input-type=module-typescript",
    "-e",
    script,
  ]);
  const loaded: unknown = JSON.parse(stdout);
  expect(
    ["zod", "express", "oidc-provider", "yaml"].filter((name) => [loaded].flat().includes(name)),
  ).toEqual(loads);
});

test("the sign-in page escapes everything and shows what is on offer, the emission in use first", async () => {
  await using idp = await startIdp({ relyingParties: [PORTAL] });
  const hostile = `"><script>alert('x')</script>`;
  idp.offer(emissionOf({ profile: "password-only" }), hostile);
  idp.offer(emissionOf({ channel: "saml" }), "not for this page");
  await idp.use({ channel: "oidc", profile: "password-only" });
  const agent = makeUserAgent(idp.origin);
  const query = new URLSearchParams({
    client_id: PORTAL.clientId,
    redirect_uri: PORTAL.redirectUris[0],
    response_type: "code",
    scope: "openid",
    login_hint: hostile,
    acr_values: hostile,
  });
  const visit = await agent.get(`${idp.origin}/oidc/auth?${query}`);
  expect(visit.html).not.toContain("<script");
  expect(visit.html).not.toMatch(/https?:\/\/(?!127\.0\.0\.1)[^"<]*\.(css|js|woff2?)/);
  const values = visit.page
    .querySelectorAll("[name=emission] option")
    .map((option) => option.getAttribute("value"));
  expect(values.filter((value) => !value?.startsWith("offer-"))).toEqual([
    "use-oidc",
    "oidc-password-and-otp",
    "oidc-password-only",
    "partner-api-password-and-otp",
    "partner-api-password-only",
  ]);
  expect(visit.page.querySelector("[name=emission] [selected]")?.getAttribute("value")).toBe("use-oidc");
  expect(visit.page.querySelector("[name=user]")?.getAttribute("value")).toBe(hostile);
  const { url } = await agent.submit(visit, {});
  expect(new URL(url).searchParams.has("code")).toBe(true);
  expect(idp.issued("use-oidc")).toEqual([]);
  idp.reset();
  const after = await makeUserAgent(idp.origin).get(`${idp.origin}/oidc/auth?${query}`);
  expect(after.page.querySelector("[name=emission] [selected]")?.getAttribute("value")).toBe(
    "oidc-password-and-otp",
  );
});
