import type { Browser, BrowserContextOptions, Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { emissionSchema } from "../../harness/emission/emission.ts";
import type { MockIdp } from "../../harness/idp/mock-idp.ts";
import { startIdp } from "../../harness/idp/start-idp.ts";
import { launchBrowser } from "../../harness/transport/browser/launch-browser.ts";

/** Texts that stand out from what is behind them by less than 4.5 to 1 (WCAG 2.2, 1.4.3). */
const FAINT_TEXTS = `(() => {
  const channels = (color) => color.match(/[\\d.]+/g).map(Number);
  const linear = (value) => value <= 10 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4;
  const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const behind = (element) => {
    const color = channels(getComputedStyle(element).backgroundColor);
    return (color[3] ?? 1) > 0 ? color : behind(element.parentElement);
  };
  const texts = [...document.querySelectorAll("body *")].filter((element) =>
    element.matches("input, select") || [...element.childNodes].some(({ nodeType, data }) => nodeType === 3 && data.trim() !== ""));
  return texts.filter((element) => {
    const [low, high] = [channels(getComputedStyle(element).color), behind(element)].map(luminance).sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05) < 4.5;
  }).map((element) => element.outerHTML);
})()`;

/** Controls that a screen reader has no name for. */
const NAMELESS = `[...document.querySelectorAll("input:not([type=hidden]), select, button")]
  .filter((control) => control.tagName === "BUTTON" ? control.textContent.trim() === "" : control.labels.length === 0)
  .map((control) => control.outerHTML)`;

const OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth";

let idp: MockIdp;
let browser: Browser;

beforeAll(async () => {
  [idp, browser] = await Promise.all([startIdp(), launchBrowser()]);
});

afterAll(async () => {
  await browser.close();
  await idp.stop();
});

function startUrl(): string {
  const asked = { wa: "wsignin1.0", wtrealm: "urn:app", wreply: `${idp.origin}/app` };
  return `${idp.origin}/wsfed?${new URLSearchParams(asked)}`;
}

async function openPage(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  await page.goto(startUrl());
  return page;
}

async function shownText(page: Page, selector: string): Promise<string> {
  return (await page.locator(selector).textContent()) ?? "";
}

test("a keyboard alone gets through: the Enter key never skips what is asked", async () => {
  const emission = emissionSchema.parse({ channel: "wsfed", profile: "password-and-otp" });
  const choice = idp.offer(emission, "chosen by keyboard");
  const page = await openPage();
  const { keyboard } = page;
  await keyboard.press("ControlOrMeta+A");
  await keyboard.type("typist");
  for (const _ of ["password", "factor", "emission"]) await keyboard.press("Tab");
  await keyboard.type("chosen by");
  await keyboard.press("Shift+Tab");
  await keyboard.press("Enter");
  await page.getByRole("heading", { name: "Enter the code" }).waitFor();
  await keyboard.type(await shownText(page, "#current-code"));
  await keyboard.press("Enter");
  await page.waitForURL(`${idp.origin}/app`);
  const done = idp.issued(choice).map(({ performed }) => [performed?.user, performed?.methods]);
  expect(done).toEqual([["typist", ["password", "totp"]]]);
  await page.context().close();
});

test.each([
  { colorScheme: "light", width: 1100 },
  { colorScheme: "dark", width: 320 },
] as const)("every page can be read and named, $colorScheme, $width wide", async ({ colorScheme, width }) => {
  const page = await openPage({ colorScheme, viewport: { width, height: 800 } });
  const requests: string[] = [];
  page.on("request", (request) => requests.push(request.resourceType()));
  const seen: string[] = [];
  const look = async (): Promise<void> => {
    seen.push(await shownText(page, "h1"));
    expect(await page.evaluate<unknown>(FAINT_TEXTS)).toEqual([]);
    expect(await page.evaluate<unknown>(NAMELESS)).toEqual([]);
    expect(await page.evaluate<unknown>(OVERFLOW)).toBe(0);
  };
  const press = (name: string): Promise<void> => page.getByRole("button", { name, exact: true }).click();
  await look();
  await page.getByLabel("Password").fill("wrong");
  await press("Continue");
  await look();
  await press("Continue");
  await page.getByText("Use an app of your own").click();
  await look();
  await press("Back");
  await page.getByLabel("Approval on the phone").check();
  await press("Continue");
  await look();
  await press(await shownText(page, "#push-number"));
  await look();
  await page.goto(idp.origin);
  await look();
  await page.getByRole("link", { name: "/fault" }).click();
  await look();
  expect(seen).toEqual([
    "Sign in",
    "Sign in",
    "Enter the code",
    "Approve on the phone",
    "Said and done differ",
    "mfa-harness: mock identity provider",
    "Faults, each with an issuer of its own",
  ]);
  expect(new Set(requests)).toEqual(new Set(["document"]));
  await page.context().close();
});

test("whoever is signed in may use that session, and the page says what was done then", async () => {
  const page = await openPage();
  await page.getByLabel("User").fill("returning");
  await page.getByRole("button", { name: "Sign in unasked" }).click();
  await page.waitForURL(`${idp.origin}/app`);
  await page.goto(`${startUrl()}&wfresh=0`);
  const notice = page.locator(".notice");
  expect(await notice.textContent()).toMatch(
    /^Signed in already: returning, at \d\d:\d\d:\d\d UTC \(nothing was asked for\)\./,
  );
  await page.getByRole("button", { name: "Use this session" }).click();
  await page.waitForURL(`${idp.origin}/app`);
  const last = idp.issued("wsfed-password-and-otp").at(-1);
  expect([last?.performed?.user, last?.performed?.methods]).toEqual(["returning", []]);
  await page.context().close();
});
