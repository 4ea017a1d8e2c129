import type { BrowserContext, Page, Request, Response } from "playwright";
import type { Profile } from "./profile.ts";

/** What a document or its style may load; anything else is asked for by a script. */
const ASKED_WITHOUT_SCRIPT = new Set(["document", "stylesheet", "image", "font"]);

/**
 * Headers by which a browser remembers something that cannot be taken away one by one: passwords, that a host is to be
 * asked by https, other addresses of it, what to tell it and whom to report to.
 */
const REMEMBERED = [
  "www-authenticate",
  "proxy-authenticate",
  "strict-transport-security",
  "alt-svc",
  "accept-ch",
  "nel",
  "report-to",
  "reporting-endpoints",
  "speculation-rules",
  "use-as-dictionary",
  "observe-browsing-topics",
  "set-login",
];

/** What was seen of a profile while somebody used it. */
export interface Stains {
  /** Notes that something was left which cannot be taken away. */
  readonly add: () => void;
  /** Ends the watch. @returns whether anything was left, or may have been, that cannot be taken away */
  readonly end: () => Promise<boolean>;
}

/**
 * Watches whether a profile comes to hold more than cookies and a cache: without a script nothing is stored, no worker is
 * left behind and no request is sent after a tab was closed.
 *
 * @param idpOrigin whose pages are known: their only script submits a form
 */
export function watchStains(context: BrowserContext, idpOrigin: string): Stains {
  let stained = false;
  const documents: Response[] = [];
  const add = (): void => void (stained = true);
  const onRequest = (request: Request): void => {
    if (!ASKED_WITHOUT_SCRIPT.has(request.resourceType())) add();
  };
  const onResponse = (response: Response): void => {
    if (isRemembered(response)) add();
    if (response.request().resourceType() !== "document" || isRedirect(response)) return;
    if (URL.parse(response.url())?.origin !== idpOrigin) documents.push(response);
  };
  context.on("request", onRequest).on("response", onResponse);
  context.on("page", add).on("serviceworker", add).on("dialog", add);
  return {
    add,
    end: async () => {
      const plain = stained ? [] : await Promise.all(documents.map(isPlain));
      context.off("request", onRequest).off("response", onResponse);
      context.off("page", add).off("serviceworker", add).off("dialog", add);
      return stained || plain.includes(false);
    },
  };
}

function isRedirect(response: Response): boolean {
  return response.status() >= 300 && response.status() < 400 && "location" in response.headers();
}

function isRemembered(response: Response): boolean {
  const headers = response.headers();
  return (
    response.status() === 401 ||
    REMEMBERED.some((name) => name in headers) ||
    FETCHED_AHEAD.test(headers["link"] ?? "")
  );
}

const FETCHED_AHEAD = /\bpre(?:fetch|render|connect)/i;

/** A script, an event handler, an address that is one, another document within a document, a page fetched ahead. */
const MORE_THAN_MARKUP =
  /<(?:\w+:)?(?:script|i?frame|frameset|object|embed|portal|fencedframe)\b|\bon\w+\s*=|javascript:|\bpre(?:fetch|render)\b|\0/i;

/** Whether a document, as it was sent, is in an encoding that hides nothing and has no script. */
async function isPlain(response: Response): Promise<boolean> {
  if (!/^text\/html; *charset="?utf-8"?$/i.test(response.headers()["content-type"] ?? "")) return false;
  return await response.text().then(
    (text) => !MORE_THAN_MARKUP.test(text),
    () => false,
  );
}

/** Whether nothing but its one tab is left of a profile. */
export function canBeCleaned(context: BrowserContext): boolean {
  return context.pages().length === 1 && context.serviceWorkers().length === 0;
}

/**
 * Takes away what somebody left in a profile whose pages ran no script: cookies and cache, and the tab with its name,
 * its history and its session storage, for which a new one is opened.
 *
 * @returns undefined when that did not come off
 */
export async function cleanProfile({ context, page }: Profile): Promise<Profile | undefined> {
  try {
    // First the new tab: without one, the window and its process would end with the old.
    const next = await context.newPage();
    await page.close();
    await emptyCache(context, next);
    await context.clearCookies();
    await context.clearPermissions();
    return { context, page: next };
  } catch {
    return undefined;
  }
}

async function emptyCache(context: BrowserContext, page: Page): Promise<void> {
  const session = await context.newCDPSession(page);
  await session.send("Network.clearBrowserCache");
  await session.detach();
}
