import { HarnessError } from "../errors.ts";

const IPV4_LOOPBACK = /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/;

/** True for hosts that never leave this machine: 127.0.0.0/8, `localhost` and `::1`. */
export function isLoopback({ protocol, hostname }: URL): boolean {
  if (protocol !== "http:" && protocol !== "https:") return false;
  return hostname === "localhost" || hostname === "[::1]" || IPV4_LOOPBACK.test(hostname);
}

/**
 * The failure of a connection as one sentence with a next step.
 *
 * @param allows whether requests may go there at all
 */
export function unreachable(
  url: URL,
  cause: unknown,
  allows: (url: URL) => boolean = isLoopback,
): HarnessError {
  if (!allows(url)) return elsewhere(url, cause);
  const { message, hint } = explain(url.host, cause instanceof Error ? cause : new Error(String(cause)));
  return new HarnessError("ERR_TARGET_UNREACHABLE", message, hint, { cause });
}

const START = "Start the partner app, or correct its address.";

function explain(host: string, cause: Error): { readonly message: string; readonly hint: string } {
  const told = describe(cause);
  if (/ECONNREFUSED|ERR_CONNECTION_REFUSED/.test(told)) {
    return { message: `nothing answers at ${host}`, hint: START };
  }
  if (/\bEPROTO\b|ERR_SSL_PROTOCOL_ERROR/.test(told)) {
    return { message: `${host} does not talk TLS`, hint: "Write http where https stands in its address." };
  }
  const message = `${host} did not answer: ${cause.message}`;
  if (/CERT|certificate/i.test(told)) {
    return { message, hint: "Let Node trust who issued its certificate: a PEM file in NODE_EXTRA_CA_CERTS." };
  }
  return { message, hint: START };
}

/** A request that would leave this machine, without anybody's consent. */
export function elsewhere(url: URL, cause?: unknown): HarnessError {
  return new HarnessError(
    "ERR_TARGET_UNREACHABLE",
    `the sign-in leads to ${url.origin === "null" ? url.protocol : url.origin}, which is not on this machine`,
    "Let the partner app and its IdP listen on 127.0.0.1, localhost or ::1; no request goes anywhere else without `consent: true` beside that very host.",
    { cause },
  );
}

/** Node reports a failed `localhost` as one error for each address, with an empty message of its own. */
function describe(error: Error): string {
  return "code" in error ? `${String(error.code)} ${error.message}` : error.message;
}
