import type { BrowserContext, Page } from "playwright";

/** A browser profile that holds nothing, and a tab in it that was nowhere yet. */
export interface Profile {
  readonly context: BrowserContext;
  readonly page: Page;
}
