import type { Request, Response } from "express";
import { z } from "zod";
import { escapeHtml } from "../pages/html.ts";
import { renderLayout } from "../pages/layout.ts";
import type { MountedWsFed } from "./sign-in.ts";

const SIGN_OUT: readonly unknown[] = ["wsignout1.0", "wsignoutcleanup1.0"];

/** Whether a request only says that somebody signs out; `input` is query or form as the web framework parsed it. */
export function isSignOut(input: unknown): boolean {
  const parsed = z.object({ wa: z.string() }).safeParse(input);
  return parsed.success && SIGN_OUT.includes(parsed.data.wa);
}

function cleanUpUrl(replyTo: string): string {
  const url = new URL(replyTo);
  url.searchParams.set("wa", "wsignoutcleanup1.0");
  return url.href;
}

function renderSignedOut(user: string | undefined, urls: readonly string[]): string {
  const who = user === undefined ? "Nobody was signed in." : `${user} is signed out.`;
  const told = urls.map((url) => {
    const { host } = new URL(url);
    return `<li>${escapeHtml(host)} <img src="${escapeHtml(url)}" alt="" width="1" height="1"></li>`;
  });
  const list = told.length === 0 ? "" : `<p>Told as well:</p><ul>${told.join("")}</ul>`;
  return renderLayout("Signed out", `<p>${escapeHtml(who)}</p>${list}`);
}

/**
 * Ends the session of whoever asks, and has the browser tell every relying party of the session, each by an image. The
 * page leads nowhere: an address in the request could be anybody's.
 *
 * @see WS-Federation 1.2 §13.2.4
 */
export async function signOut(side: MountedWsFed, request: Request, response: Response): Promise<void> {
  const ended = await side.parts.sessions.end(request, response);
  const told = ended === undefined ? [] : await side.participants.end(ended.session);
  const urls = told.map(cleanUpUrl);
  const origins = [...new Set(urls.map((url) => new URL(url).origin))];
  const policy = `default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; img-src ${origins.join(" ") || "'none'"}`;
  response.set("Cache-Control", "no-store").set("Content-Security-Policy", policy);
  response.type("html").send(renderSignedOut(ended?.performed.user, urls));
}
