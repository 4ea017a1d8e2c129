import type { Server } from "node:http";
import { isIPv6 } from "node:net";
import { HarnessError, type HarnessErrorCode } from "../errors.ts";
import { isOnThisMachine } from "./answer-address.ts";

/** Where a server listens when nobody says otherwise. */
export const LOOPBACK = "127.0.0.1";

/** Every address of the machine. */
const ANY_ADDRESS: readonly string[] = ["0.0.0.0", "::"];

/** What can go wrong, by the code that Node gives: our own code, what happened, and the next step. */
const PROBLEMS: Readonly<Record<string, readonly [HarnessErrorCode, string, string]>> = {
  EADDRINUSE: [
    "ERR_PORT_IN_USE",
    "is taken by another program",
    "Choose another port, or name none for any free one.",
  ],
  EACCES: ["ERR_USAGE", "may not be used", "Choose a port from 1024 on."],
  EADDRNOTAVAIL: ["ERR_USAGE", "is none of this machine", "Choose an address that this machine has."],
  ENOTFOUND: ["ERR_USAGE", "is none of this machine", "Choose a name or an address that this machine has."],
};

function explained(cause: Error, host: string, port: number): Error {
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : "";
  const [ours, what, hint] = PROBLEMS[code] ?? [];
  if (ours === undefined || what === undefined || hint === undefined) return cause;
  return new HarnessError(ours, `port ${port} on ${host} ${what}`, hint, { cause });
}

/**
 * Listens, and resolves with the port taken.
 *
 * @throws HarnessError `ERR_PORT_IN_USE`, or `ERR_USAGE` when the address is none to listen on
 */
export async function listen(server: Server, host: string, port: number): Promise<number> {
  return await new Promise((resolve, reject) => {
    server.once("error", (cause) => reject(explained(cause, host, port)));
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

/** Closes the server and every connection; one that does not listen stays as it is. */
export async function stopListening(server: Server): Promise<void> {
  if (!server.listening) return;
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
}

/** An address as a URL writes it; that of every address is the loopback one, which is always among them. */
export function hostInUrl(host: string): string {
  if (ANY_ADDRESS.includes(host)) return LOOPBACK;
  return isIPv6(host) ? `[${host}]` : host;
}

/** Whether only this machine can connect to a server that listens there. */
export function isLoopback(host: string): boolean {
  return !ANY_ADDRESS.includes(host) && isOnThisMachine(`http://${hostInUrl(host)}`);
}

/**
 * Checks an address to listen on.
 *
 * @throws HarnessError `ERR_USAGE` when it is none
 */
export function readHost(host: string): string {
  if (/^[\w.:-]+$/.test(host) && URL.canParse(`http://${hostInUrl(host)}`)) return host;
  throw new HarnessError(
    "ERR_USAGE",
    `${JSON.stringify(host.slice(0, 200))} is no address to listen on`,
    "Give an address or a name of this machine, e.g. 127.0.0.1, 0.0.0.0 or localhost.",
  );
}
