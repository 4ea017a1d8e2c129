import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import type { CookieJar } from "tough-cookie";
import type { PageRequest } from "./form.ts";
import { assertLoopback, unreachable } from "./loopback.ts";

/** An answer, its body as text and never longer than the limit. */
export interface PageAnswer {
  readonly status: number;
  readonly location: string | undefined;
  readonly html: string;
}

const MAX_BODY_BYTES = 8 * 1024 * 1024;

/**
 * Sends one request as a plain HTTP client: no `Sec-Fetch-*` headers, by which servers tell a script from a person.
 *
 * @throws HarnessError `ERR_TARGET_UNREACHABLE` when the host is not on loopback or does not answer
 */
export async function send(request: PageRequest, jar: CookieJar, signal: AbortSignal): Promise<PageAnswer> {
  const { url } = request;
  assertLoopback(url);
  const cookie = await jar.getCookieString(url.href);
  try {
    const message = await exchange(request, cookie, signal);
    for (const line of message.headers["set-cookie"] ?? []) {
      await jar.setCookie(line, url.href, { ignoreError: true });
    }
    const { statusCode = 0, headers } = message;
    return { status: statusCode, location: headers.location, html: await readText(message) };
  } catch (error) {
    signal.throwIfAborted();
    throw unreachable(url, error);
  }
}

function exchange(page: PageRequest, cookie: string, signal: AbortSignal): Promise<IncomingMessage> {
  const { method, url, body = "" } = page;
  const headers = {
    accept: "text/html,application/xhtml+xml,*/*;q=0.8",
    "accept-encoding": "identity",
    "accept-language": "en",
    "user-agent": "mfa-harness",
    ...(cookie === "" ? {} : { cookie }),
    ...(method === "GET" ? {} : formHeaders(body)),
  };
  const open = url.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const outgoing = open(url, { method, headers, signal });
    outgoing.once("response", resolve);
    outgoing.once("error", reject);
    outgoing.end(body);
  });
}

function formHeaders(body: string): Readonly<Record<string, string>> {
  return {
    "content-type": "application/x-www-form-urlencoded",
    "content-length": String(Buffer.byteLength(body)),
  };
}

/** Reads up to the limit and drops the rest: a page that never ends must not fill the memory. */
async function readText(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const body: AsyncIterable<unknown> = message;
  for await (const chunk of body) {
    if (!(chunk instanceof Buffer)) continue;
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= MAX_BODY_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, MAX_BODY_BYTES).toString("utf8");
}
