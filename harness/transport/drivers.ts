import type { Transport } from "../scenario/schema.ts";
import { startBrowserDriver } from "./browser/browser.ts";
import type { Driver } from "./exchange.ts";
import { startProtocolDriver } from "./protocol/protocol.ts";
import { type Reach, THIS_MACHINE } from "./reach.ts";

/** The transports that need a driver. */
export type DrivenTransport = Exclude<Transport, "direct">;

/** A driver for each transport, started when it is first asked for, so that no browser is needed without a browser case. */
export interface Drivers extends AsyncDisposable {
  /** @throws HarnessError `ERR_BROWSER_MISSING` for `browser` where there is none */
  readonly get: (transport: DrivenTransport) => Promise<Driver>;
}

/**
 * Makes the drivers of one run; disposing ends those that were started.
 *
 * @param reach where requests may go
 */
export function makeDrivers(reach: Reach = THIS_MACHINE): Drivers {
  const started = new Map<DrivenTransport, Promise<Driver>>();
  const start: Readonly<Record<DrivenTransport, () => Promise<Driver>>> = {
    protocol: () => Promise.resolve(startProtocolDriver(reach)),
    browser: () => startBrowserDriver(reach),
  };
  const get = (transport: DrivenTransport): Promise<Driver> => {
    const driver = started.get(transport) ?? start[transport]();
    started.set(transport, driver);
    return driver;
  };
  const dispose = async (): Promise<void> => {
    const settled = await Promise.allSettled(started.values());
    for (const one of settled) if (one.status === "fulfilled") await one.value[Symbol.asyncDispose]();
  };
  return { get, [Symbol.asyncDispose]: dispose };
}
