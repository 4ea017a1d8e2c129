import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Check } from "../../../harness/doctor/check.ts";
import { checkExitCode } from "../../../harness/cli/check-exit-code.ts";
import { checkText } from "../../../harness/doctor/check-text.ts";
import { checkClock } from "../../../harness/doctor/app.ts";
import { firstRequestElsewhere } from "../../../harness/doctor/first-request.ts";
import { examine } from "../../../harness/doctor/examine.ts";
import { checkNames } from "../../../harness/doctor/names.ts";
import { checkCertificate } from "../../../harness/doctor/published.ts";
import type { MockIdp } from "../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../harness/idp/start-idp.ts";
import { targetsSchema } from "../../../harness/target/definition/targets.ts";
import { THIS_MACHINE } from "../../../harness/transport/reach.ts";
import { deadOrigin, serve } from "../transport/serve.ts";

const REDIRECT = "http://127.0.0.1:9/callback";
let idp: MockIdp;

beforeAll(async () => {
  idp = await startIdp();
});

afterAll(async () => await idp[Symbol.asyncDispose]());

interface Setting {
  readonly location?: (idpOrigin: string) => string;
  readonly issuer?: string;
  readonly date?: string;
}

async function examineApp({ location, issuer, date }: Setting): Promise<readonly Check[]> {
  await using server = await serve((_request, response) => {
    if (date !== undefined) response.setHeader("date", date);
    if (location !== undefined) response.writeHead(302, { location: location(idp.origin) });
    response.end("<p>Hello</p>");
  });
  const start = `${server.origin}/portal`;
  const app = { kind: "app", channels: ["oidc"], start, signedIn: { selector: "#who" } };
  return await examine({
    idp,
    definitions: targetsSchema.parse({ app: { ...app, ...(issuer === undefined ? {} : { issuer }) } }),
    relyingParties: [{ clientId: "portal", redirectUris: [REDIRECT] }],
    wantsBrowser: false,
    signal: AbortSignal.timeout(10_000),
  });
}

function asking(origin: string, clientId = "portal", redirectUri = REDIRECT): string {
  return `${origin}/oidc/auth?client_id=${clientId}&redirect_uri=${encodeURIComponent(redirectUri)}`;
}

function amiss(checks: readonly Check[]): readonly string[] {
  return checks
    .filter(({ status }) => status !== "ok")
    .map(({ status, what, found }) => `${status} ${what}: ${found}`);
}

describe("an app", () => {
  test("that is all right from outside", async () => {
    const checks = await examineApp({ location: (origin) => asking(origin), issuer: idp.trust.oidcIssuer });
    // Nothing listens at the redirect URI.
    expect(amiss(checks)).toEqual([expect.stringMatching(/^warn app: good sign-ins: .*127\.0\.0\.1:9/)]);
    expect(checks.map(({ what }) => what.replace(/ http.*/, ""))).toEqual([
      "certificate of the IdP",
      "discovery",
      "metadata",
      "app:",
      "app: clock",
      "app: issuer",
      "app: where it sends people",
      "app: registration",
      "app: good sign-ins",
    ]);
    expect(checkExitCode(checks)).toBe(3);
  });

  test.each<{ title: string; setting: Setting; found: RegExp; exitCode: number }>([
    {
      title: "a slash more in the issuer",
      setting: { location: (origin) => asking(origin), issuer: "http://127.0.0.1/oidc/" },
      found: /^fail app: issuer: http:\/\/127\.0\.0\.1\/oidc\/ is set in the app, the IdP is /,
      exitCode: 1,
    },
    {
      title: "localhost for 127.0.0.1",
      setting: { location: (origin) => asking(origin.replace("127.0.0.1", "localhost")) },
      found: /^fail app: where it sends people: to http:\/\/localhost:\d+, but the IdP is http:\/\/127/,
      exitCode: 1,
    },
    {
      title: "a client that nobody registered",
      setting: { location: (origin) => asking(origin, "shop") },
      found: /^warn app: registration: client id shop is not registered: it is served as a public client/,
      exitCode: 3,
    },
    {
      title: "one that is answered elsewhere",
      setting: { location: (origin) => asking(origin, "shop", "http://shop.example/callback") },
      found: /^fail app: registration: client id shop is not registered$/,
      exitCode: 1,
    },
    {
      title: "another redirect URI",
      setting: { location: (origin) => asking(origin, "portal", `${REDIRECT}/`) },
      found:
        /^fail app: registration: http:\/\/127\.0\.0\.1:9\/callback\/ is none of http:\/\/127\.0\.0\.1:9\/callback$/,
      exitCode: 1,
    },
    { title: "nowhere to go", setting: {}, found: /^warn app: where it sends people: nowhere/, exitCode: 3 },
    {
      title: "a clock of another year",
      setting: { location: (origin) => asking(origin), date: "Wed, 01 Jan 2020 00:00:00 GMT" },
      found: /^fail app: clock: \d+ s behind this one/,
      exitCode: 1,
    },
  ])("$title", async ({ setting, found, exitCode }) => {
    const checks = await examineApp(setting);
    expect(amiss(checks)).toEqual([expect.stringMatching(found)]);
    expect(checkExitCode(checks)).toBe(exitCode);
    expect(checkText(checks)).toContain(exitCode === 1 ? "FAIL  app: " : "warn  app: ");
  });

  test("that is not there", async () => {
    const start = await deadOrigin();
    const app = { kind: "app", channels: ["saml"], start, signedIn: { selector: "#who" } };
    const signal = AbortSignal.timeout(10_000);
    const definitions = targetsSchema.parse({ app });
    const checks = await examine({ idp, definitions, relyingParties: [], wantsBrowser: false, signal });
    expect(amiss(checks)).toEqual([expect.stringMatching(/^fail app: http.*ECONNREFUSED/)]);
  });
});

test.each([
  { skew: 0, status: "ok", found: "the same as here" },
  { skew: 4, status: "ok", found: "4 s ahead of this one" },
  { skew: -5, status: "warn", found: "5 s behind this one" },
  { skew: 60, status: "fail", found: "60 s ahead of this one" },
])("a clock $skew s off: $status", ({ skew, status, found }) => {
  const now = 1_800_000_000;
  const date = new Date((now + skew) * 1000).toUTCString();
  expect(checkClock("app", date, now)).toMatchObject({ status, found });
});

test.each([
  { date: -5, status: "ok", found: "the same as here" }, // answered while it was asked
  { date: -10, status: "ok", found: "the same as here" },
  { date: -15, status: "warn", found: "5 s behind this one" },
  { date: 5, status: "warn", found: "5 s ahead of this one" },
])("an answer after 10 s with a date $date s from its end: $status", ({ date, status, found }) => {
  const now = 1_800_000_000;
  const sent = new Date((now + date) * 1000).toUTCString();
  expect(checkClock("app", sent, now - 10, now)).toMatchObject({ status, found });
});

test.each([
  { press: ["#company"], leads: "http://127.0.0.1:9/authorize" },
  { press: undefined, leads: undefined },
  { press: ["#other"], leads: undefined },
])("a page with a button is left by pressing $press: $leads", async ({ press, leads }) => {
  await using app = await serve((request, response) => {
    if (request.url === "/go") response.writeHead(302, { location: "http://127.0.0.1:9/authorize" }).end();
    else response.end('<form method="post" action="/go"><button id="company">Company</button></form>');
  });
  const found = await firstRequestElsewhere(
    { start: app.origin, press },
    THIS_MACHINE,
    AbortSignal.timeout(60_000),
  );
  expect(found?.url.href).toBe(leads);
});

test("a certificate is looked at by the clock", async () => {
  const pem = idp.trust.samlCertificate;
  const now = Math.floor(Date.now() / 1000);
  const years = (count: number): number => now + count * 365 * 24 * 3600;
  expect([now, years(100), years(-100)].map((at) => checkCertificate("c", pem, at).status)).toEqual([
    "ok",
    "fail",
    "fail",
  ]);
});

test("names that lead nowhere", async () => {
  const checks = await checkNames([
    "http://localhost:1/",
    "http://no-such-name.invalid/",
    "http://127.0.0.1/",
  ]);
  expect(checks.map(({ what, status }) => `${status} ${what}`)).toEqual([
    "ok name localhost",
    "fail name no-such-name.invalid",
  ]);
});
