import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser } from "../../../harness/transport/browser/launch-browser.ts";
import { startStage, type Stage } from "./stage.ts";

let stage: Stage;
let browser: Browser;

beforeAll(async () => {
  [stage, browser] = await Promise.all([startStage(), launchBrowser()]);
}, 60_000);

afterAll(async () => {
  await browser.close();
  await stage[Symbol.asyncDispose]();
});

/** Signs in by hand: types the user and chooses one of the emissions that are always there. */
async function signIn(page: Page, user: string, emission: string): Promise<void> {
  const form = page.locator('form[data-mfa-harness="sign-in"]');
  await form.locator('input[name="user"]').fill(user);
  await form.locator('select[name="emission"]').selectOption(emission);
  await form.locator('button[value="sign-in"]').click();
}

test.each([
  { app: "relyingParty", path: "/portal", without: "oidc-password-only", with: "oidc-password-and-otp" },
  {
    app: "relyingParty",
    path: "/customers",
    without: "partner-api-password-only",
    with: "partner-api-password-and-otp",
  },
  { app: "serviceProvider", path: "/portal", without: "saml-password-only", with: "saml-password-and-otp" },
] as const)("$app $path: refused, verified with MFA, granted, signed out", async (sent) => {
  await using context = await browser.newContext();
  const page = await context.newPage();
  const { origin } = stage.partners[sent.app];
  await page.goto(origin + sent.path);
  await signIn(page, "agent@partner.example", sent.without);
  await page.locator("#access", { hasText: "refused" }).waitFor();
  await page.getByRole("link", { name: "Verify with MFA" }).click();
  await signIn(page, "agent@partner.example", sent.with);
  await page.locator("#access", { hasText: "granted" }).waitFor();
  expect(new URL(page.url()).pathname).toBe(sent.path);
  expect(await page.locator("#signed-in-as").textContent()).toBe("agent@partner.example");
  await page.getByRole("link", { name: "Sign out" }).click();
  expect(await page.locator("#reason").textContent()).toBe("Nobody is signed in.");
  // Another emission can be chosen: signing in again asks again.
  await page.goto(origin + sent.path);
  await page.locator('form[data-mfa-harness="sign-in"]').waitFor();
});

test.each([
  { app: "relyingParty", reason: "the IdP answered access_denied" },
  { app: "serviceProvider", reason: "AuthnFailed" },
] as const)("$app: cancelled at the IdP, nobody is signed in", async ({ app, reason }) => {
  await using context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${stage.partners[app].origin}/portal`);
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.locator("#access", { hasText: "sign-in refused" }).waitFor();
  expect(await page.locator("#reason").textContent()).toContain(reason);
  expect(await page.locator("#signed-in-as").count()).toBe(0);
});

test.each(["oidc", "saml"] as const)("%s: a user called like a script is text", async (channel) => {
  const user = "<script>alert(1)</script>";
  const { decision, signals } = await stage.observe(channel, {}, { user, transport: "browser" });
  expect({ decision, named: signals[0] }).toEqual({
    decision: "accept",
    named: `/portal (200) names ${user} as signed in`,
  });
});

test.each(["oidc", "partner-api", "saml"] as const)(
  "%s: a browser sees what plain HTTP sees",
  async (channel) => {
    const change = { profile: "password-only" } as const;
    const plain = await stage.observe(channel, change);
    const real = await stage.observe(channel, change, { transport: "browser" });
    expect(plain.decision).toBe("refuse");
    expect({ decision: real.decision, signals: real.signals }).toEqual({
      decision: plain.decision,
      signals: plain.signals,
    });
    expect(real.exchanges.map(({ method, status }) => `${method} ${status}`)).toEqual(
      plain.exchanges.map(({ method, status }) => `${method} ${status}`),
    );
  },
);
