import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { IncomingMessage, ServerResponse } from "node:http";

/** What crossed the servers of this process and must not stand anywhere else, with what it is. */
export interface SeenSecrets extends Disposable {
  readonly values: ReadonlyMap<string, string>;
}

/** Parameters that are worth something to whoever reads them. */
const PARAMETERS =
  /^(code|state|nonce|code_challenge|id_token|access_token|refresh_token|SAMLRequest|SAMLResponse|RelayState|Signature|wresult|wctx|client_secret|password)$/;

/** Watches every request and answer of the servers in this process, whoever asks. */
export function watchSecrets(): SeenSecrets {
  const values = new Map<string, string>();
  const add = (kind: string, value: string): void => {
    if (value.length >= 8) values.set(value, kind);
  };
  const onRequest = (message: unknown): void => {
    const request = memberOf(message, "request");
    if (!(request instanceof IncomingMessage)) return;
    readRequest(request, add);
    overhear(request, add);
  };
  const onResponse = (message: unknown): void => {
    const response = memberOf(message, "response");
    const location = response instanceof ServerResponse ? response.getHeader("location") : undefined;
    if (typeof location === "string") readAddress(new URL(location, "http://here"), add);
  };
  subscribe("http.server.request.start", onRequest);
  subscribe("http.server.response.finish", onResponse);
  return {
    values,
    [Symbol.dispose]: () => {
      unsubscribe("http.server.request.start", onRequest);
      unsubscribe("http.server.response.finish", onResponse);
    },
  };
}

type Add = (kind: string, value: string) => void;

function readRequest({ headers, url = "" }: IncomingMessage, add: Add): void {
  for (const cookie of headers.cookie?.split(/; */) ?? []) {
    add("cookie", decodeURIComponent(cookie.slice(cookie.indexOf("=") + 1)));
  }
  const [scheme, credentials = ""] = headers.authorization?.split(" ") ?? [];
  if (scheme === "Basic")
    add("client_secret", Buffer.from(credentials, "base64").toString().split(":")[1] ?? "");
  if (scheme === "Bearer") add("access token", credentials);
  readAddress(new URL(url, "http://here"), add);
}

/** Listens in on a body as whoever the request is for reads it. */
function overhear(request: IncomingMessage, add: Add): void {
  const emit = request.emit.bind(request);
  const parts: Buffer[] = [];
  const listening = (name: string | symbol, ...rest: readonly unknown[]): boolean => {
    if (name === "data" && rest[0] instanceof Buffer) parts.push(rest[0]);
    if (name === "end") readForm(Buffer.concat(parts).toString(), add);
    return emit(name, ...rest);
  };
  Object.defineProperty(request, "emit", { value: listening });
}

function readForm(body: string, add: Add): void {
  for (const [name, value] of new URLSearchParams(body)) if (PARAMETERS.test(name)) add(name, value);
}

function readAddress({ searchParams, pathname }: URL, add: Add): void {
  for (const [name, value] of searchParams) if (PARAMETERS.test(name)) add(name, value);
  const interaction = /\/sign-in\/([^/]{20,})/.exec(pathname)?.[1];
  if (interaction !== undefined) add("interaction", interaction);
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
