import type { CookieJar } from "tough-cookie";
import type { PageRequest } from "../form.ts";
import { unreachable } from "../loopback.ts";
import { plainRequest } from "../plain-request.ts";
import { type Reach, THIS_MACHINE } from "../reach.ts";

/** An answer, its body as text and never longer than the limit. */
export interface PageAnswer {
  readonly status: number;
  readonly location: string | undefined;
  readonly html: string;
  /** Each `Set-Cookie`, as it was sent. */
  readonly cookies: readonly string[];
}

/**
 * Sends one request of a person's browser as a plain HTTP client, with the cookies of that browser.
 *
 * @param reach where requests may go
 * @throws HarnessError `ERR_TARGET_UNREACHABLE` when the host may not be asked or does not answer
 */
export async function send(
  request: PageRequest,
  jar: CookieJar,
  signal: AbortSignal,
  reach: Reach = THIS_MACHINE,
): Promise<PageAnswer> {
  const { method, url, body = "" } = request;
  await reach.turn(url, signal);
  const cookie = await jar.getCookieString(url.href);
  const headers = {
    accept: "text/html,application/xhtml+xml,*/*;q=0.8",
    "accept-language": "en",
    ...(cookie === "" ? {} : { cookie }),
    ...(method === "GET" ? {} : { "content-type": "application/x-www-form-urlencoded" }),
  };
  try {
    const answer = await plainRequest({ method, url, headers, body }, signal);
    const cookies = answer.headers["set-cookie"] ?? [];
    for (const line of cookies) await jar.setCookie(line, url.href, { ignoreError: true });
    return { status: answer.status, location: answer.headers.location, html: answer.text, cookies };
  } catch (error) {
    signal.throwIfAborted();
    throw unreachable(url, error, reach.allows);
  }
}
