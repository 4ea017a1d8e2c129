import { Agent, type IncomingHttpHeaders, type IncomingMessage, request as httpRequest } from "node:http";
import { Agent as SecureAgent, request as httpsRequest } from "node:https";
import { bodyText } from "./body-text.ts";
import { isLoopback } from "./loopback.ts";

/** One HTTP request. */
export interface PlainRequest {
  readonly method: "GET" | "POST";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Only with POST. */
  readonly body?: string;
}

/** Its answer, the body as text and never longer than the limit. */
export interface PlainAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Connections that no proxy variable diverts (`NODE_USE_ENV_PROXY`): a proxy has another loopback than this machine. */
const DIRECT = { "http:": new Agent({ keepAlive: true }), "https:": new SecureAgent({ keepAlive: true }) };

function agentFor(url: URL): Agent | undefined {
  if (!isLoopback(url)) return undefined;
  return url.protocol === "https:" ? DIRECT["https:"] : DIRECT["http:"];
}

const MAX_BODY_BYTES = 8 * 1024 * 1024;

/**
 * Sends one request as a plain HTTP client: no `Sec-Fetch-*` headers, by which servers tell a script from a person, and
 * no redirect is followed.
 */
export async function plainRequest(request: PlainRequest, signal: AbortSignal): Promise<PlainAnswer> {
  const message = await exchange(request, signal);
  const { statusCode = 0, headers } = message;
  return { status: statusCode, headers, text: bodyText(await readBody(message), headers) };
}

function exchange(
  { method, url, headers, body = "" }: PlainRequest,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const sent = {
    accept: "*/*",
    "accept-encoding": "identity",
    "user-agent": "mfa-harness",
    ...headers,
    ...(method === "GET" ? {} : { "content-length": String(Buffer.byteLength(body)) }),
  };
  const open = url.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const outgoing = open(url, { method, headers: sent, signal, agent: agentFor(url) });
    outgoing.once("response", resolve);
    outgoing.once("error", reject);
    outgoing.end(method === "GET" ? "" : body);
  });
}

/** Reads up to the limit and drops the rest: a page that never ends must not fill the memory. */
async function readBody(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const body: AsyncIterable<unknown> = message;
  for await (const chunk of body) {
    if (!(chunk instanceof Buffer)) continue;
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= MAX_BODY_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, MAX_BODY_BYTES);
}
