import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { htmlReporter } from "../../harness/report/formats/html/html.ts";
import { launchBrowser } from "../../harness/transport/browser/launch-browser.ts";
import { HOSTILE_RUN, INTERRUPTED_RUN } from "../support/run-events.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(() => browser.close());

function pageText(events: typeof INTERRUPTED_RUN): string {
  const chunks: string[] = [];
  const reporter = htmlReporter({ write: (text) => void chunks.push(text), columns: undefined });
  for (const event of events) reporter(event);
  return chunks.join("");
}

async function open(events: typeof INTERRUPTED_RUN): Promise<Page> {
  const page = await browser.newPage();
  await page.setContent(pageText(events));
  return page;
}

/** Ids of the rows, and of the sections, that can be seen. */
async function shown(page: Page): Promise<readonly (readonly (string | null)[])[]> {
  const visible = async (selector: string, name: string): Promise<readonly (string | null)[]> => {
    const found = await page.locator(`${selector}:visible`).all();
    return await Promise.all(found.map((one) => one.getAttribute(name)));
  };
  return [await visible("tbody tr", "data-scenario"), await visible("details[id]", "id")];
}

test.each([
  { text: "", status: "all", ids: ["first", "second", "third"] },
  { text: "TITLE second", status: "all", ids: ["second"] },
  { text: "oidc.amr.mfa-absent accept", status: "all", ids: ["first"] },
  { text: "failures/F-12", status: "what did not pass", ids: ["first", "second", "third"] },
  { text: "", status: "what passed", ids: [] },
  { text: "nothing says this", status: "all", ids: [] },
])('"$text", $status → $ids', async ({ text, status, ids }) => {
  const page = await open(INTERRUPTED_RUN);
  await page.getByLabel("Find").fill(text);
  await page.getByLabel("Show").selectOption({ label: status });
  expect(await shown(page)).toEqual([ids, ids]);
  expect(await page.locator("output").textContent()).toBe(`${ids.length} of 3 scenarios`);
  await page.close();
});

test("texts of artifacts and pages become no markup, and nothing is asked of anybody", async () => {
  const page = await open(HOSTILE_RUN);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.getByLabel("Find").fill("ok 9");
  expect(await page.locator("details b b, td b, summary > :not(b, span)").count()).toBe(0);
  expect(asked).toEqual([]);
  await page.close();
});

test("a link in the table opens the section that it leads to, and a phone shows the whole width", async () => {
  const page = await open(INTERRUPTED_RUN);
  await page.setViewportSize({ width: 360, height: 800 });
  const section = page.locator("#first");
  await page.locator("#first > summary").click();
  expect(await section.getAttribute("open")).toBeNull();
  await page.getByRole("row", { name: "first" }).getByRole("link").click();
  await page.locator("#first[open]").waitFor();
  expect(
    await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"),
  ).toBe(0);
  await page.close();
});
