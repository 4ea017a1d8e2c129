import { setTimeout as after } from "node:timers/promises";
import { elsewhere, isLoopback } from "./loopback.ts";

/** Where requests may go. */
export interface Reach {
  /** Hosts besides this machine. */
  readonly hosts: readonly string[];
  readonly allows: (url: URL) => boolean;
  /**
   * Waits until a request may be sent: at once on this machine, one after the other elsewhere.
   *
   * @throws HarnessError `ERR_TARGET_UNREACHABLE` for a host that is neither
   */
  readonly turn: (url: URL, signal: AbortSignal) => Promise<void>;
}

/** A host that agreed to be tested. */
export interface ConsentingHost {
  /** Exactly as in its address; subdomains are others. */
  readonly hostname: string;
  readonly requestsPerSecond: number;
}

/** Makes a reach of this machine and of hosts that agreed to be tested. */
export function makeReach(hosts: readonly ConsentingHost[]): Reach {
  const pauses = new Map(
    hosts.map(({ hostname, requestsPerSecond }) => [hostname, 1000 / requestsPerSecond]),
  );
  const nextFree = new Map<string, number>();
  const allows = (url: URL): boolean =>
    isLoopback(url) || (/^https?:$/.test(url.protocol) && pauses.has(url.hostname));
  const turn = async (url: URL, signal: AbortSignal): Promise<void> => {
    if (isLoopback(url)) return;
    const pause = allows(url) ? pauses.get(url.hostname) : undefined;
    if (pause === undefined) throw elsewhere(url);
    const now = performance.now();
    const free = Math.max(now, nextFree.get(url.hostname) ?? now);
    nextFree.set(url.hostname, free + pause);
    if (free > now) await after(free - now, undefined, { signal });
  };
  return { hosts: [...pauses.keys()], allows, turn };
}

/** Nothing but this machine. */
export const THIS_MACHINE: Reach = makeReach([]);
