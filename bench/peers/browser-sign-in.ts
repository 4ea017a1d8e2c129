import type { Browser } from "playwright";

/** Who signs in where, with which choice on the IdP's page. */
export interface Person {
  readonly start: string;
  readonly user: string;
  readonly choice: string;
}

/** The peer of goal 14: a sign-in as a Playwright script has it, with a fresh context and a locator for each field. */
export async function signInByScript(browser: Browser, { start, user, choice }: Person): Promise<void> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(start);
  await page.locator('input[name="user"]').fill(user);
  await page.locator('select[name="emission"]').selectOption(choice);
  await page.locator('button[name="action"][value="sign-in"]').click();
  const shown = await page.locator("#signed-in-as").textContent();
  if (shown?.trim() !== user) throw new Error(`${user} signed in and the page names ${shown ?? "nobody"}`);
  await context.close();
}
