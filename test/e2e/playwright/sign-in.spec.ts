import type { Page } from "playwright/test";
import { decodeJwt } from "jose";
import { expect, test } from "../../../harness/testing/playwright.ts";

const CALLBACK = "http://127.0.0.1:49999/callback";

test.use({
  idpOptions: {
    relyingParties: [{ clientId: "portal", redirectUris: [CALLBACK], responseTypes: ["id_token"] }],
  },
});

/** Signs in on the page of the IdP; the relying party is nothing but the place where the ID token arrives. */
async function signIn(page: Page, origin: string): Promise<Readonly<Record<string, unknown>>> {
  let posted = "";
  await page.route(CALLBACK, async (route) => {
    posted = route.request().postData() ?? "";
    await route.fulfill({ contentType: "text/html", body: "<h1>Portal</h1>" });
  });
  const request = { response_type: "id_token", response_mode: "form_post", scope: "openid", nonce: "n" };
  const query = new URLSearchParams({ client_id: "portal", redirect_uri: CALLBACK, ...request });
  await page.goto(`${origin}/oidc/auth?${query.toString()}`);
  await page.locator("button[name=action][value=sign-in]").click();
  await expect(page.getByRole("heading", { name: "Portal" })).toBeVisible();
  return decodeJwt(new URLSearchParams(posted).get("id_token") ?? "");
}

test("a sign-in says MFA", async ({ idp, page }) => {
  expect(await signIn(page, idp.origin)).toMatchObject({ amr: ["pwd", "otp", "mfa"] });
  expect(idp.journal().flatMap(({ issued }) => issued)).toEqual(["id-token"]);
});

test.describe("with an emission of the file", () => {
  test.use({ emission: { channel: "oidc", profile: "password-only" } });

  test("it says what the emission says, and the journal is empty before", async ({ idp, page }) => {
    expect(idp.journal()).toEqual([]);
    expect(await signIn(page, idp.origin)).toMatchObject({ amr: ["pwd"] });
  });
});

test("and nothing of it is left for the next", ({ idp }) => {
  expect(idp.inUse().oidc?.choice).toBe("oidc-password-and-otp");
  expect(["use-oidc", "oidc-password-and-otp"].flatMap(idp.issued)).toEqual([]);
});
