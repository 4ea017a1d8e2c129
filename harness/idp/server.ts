import { createServer, type RequestListener, type Server } from "node:http";
import { ownPath } from "./external-url.ts";
import type { TlsIdentity } from "./tls-certificates.ts";

/** What a server answers with, and as whom. */
export interface ServerParts {
  /** Makes the application, once; the first request waits for it. */
  readonly load: () => Promise<RequestListener>;
  /** Where the IdP lives, no slash at the end. */
  readonly base: () => string;
  /** Absent: it talks http. */
  readonly tls: TlsIdentity | undefined;
}

/** Longer than clients leave a connection unused: one that ends it first may end it amid their next request. */
const KEEP_ALIVE_MILLISECONDS = 65_000;

/** Makes a server whose application may come later than it. */
export async function makeServer({ load, base, tls }: ServerParts): Promise<Server> {
  const answer: RequestListener = (request, response) => {
    request.url = ownPath(request.url ?? "/", base());
    load().then(
      (app) => app(request, response),
      (error: unknown) => response.destroy(error instanceof Error ? error : undefined),
    );
  };
  const options = { keepAliveTimeout: KEEP_ALIVE_MILLISECONDS };
  if (tls === undefined) return createServer(options, answer);
  const https = await import("node:https");
  return https.createServer({ ...options, key: tls.key, cert: tls.chain }, answer);
}
