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
  const refused = cause instanceof Error && /ECONNREFUSED|ERR_CONNECTION_REFUSED/.test(describe(cause));
  return new HarnessError(
    "ERR_TARGET_UNREACHABLE",
    refused
      ? `nothing answers at ${url.host}`
      : `${url.host} did not answer: ${cause instanceof Error ? cause.message : String(cause)}`,
    "Start the partner app, or correct its address.",
    { cause },
  );
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
