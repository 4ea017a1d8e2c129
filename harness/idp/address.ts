import { HarnessError } from "../errors.ts";
import { isOnThisMachine } from "./answer-address.ts";
import { readExternalUrl } from "./external-url.ts";
import { hostInUrl, isLoopback, LOOPBACK, readHost } from "./listen.ts";
import type { StartIdpOptions } from "./start-options.ts";

/** Where an IdP listens, and under which URL others know it. */
export interface Address {
  readonly host: string;
  /** Whether the server itself talks TLS; a proxy in front of it may, whatever this says. */
  readonly https: boolean;
  /** Where the IdP lives, no slash at the end, once the port is known. */
  readonly baseAt: (port: number) => string;
  /** Whether nobody but this machine can reach it, not through a proxy either. */
  readonly loopbackOnly: boolean;
  /** Every name and address that a client may connect to. */
  readonly names: readonly string[];
}

/** A name, or an address without the brackets of a URL. */
function nameOf(url: string): string {
  return new URL(url).hostname.replaceAll(/^\[|\]$/g, "");
}

function withoutTls(external: string): HarnessError {
  return new HarnessError(
    "ERR_USAGE",
    `the external URL ${external} is http although the server talks https`,
    "Give an https URL, or leave https to a proxy.",
  );
}

/**
 * Reads where an IdP is to be found.
 *
 * @throws HarnessError `ERR_USAGE` when it cannot be found there
 */
export function readAddress({ host = LOOPBACK, https = false, externalUrl }: StartIdpOptions): Address {
  const at = hostInUrl(readHost(host));
  const external = externalUrl === undefined ? undefined : readExternalUrl(externalUrl);
  if (https && external?.startsWith("http:") === true) throw withoutTls(external);
  const scheme = https ? "https" : "http";
  const urls = [`${scheme}://${at}`, ...(external === undefined ? [] : [external])];
  return {
    host,
    https,
    baseAt: (port) => external ?? new URL(`${scheme}://${at}:${port}`).origin,
    loopbackOnly: isLoopback(host) && urls.every(isOnThisMachine),
    names: [...new Set(["localhost", LOOPBACK, "::1", ...urls.map(nameOf)])],
  };
}
