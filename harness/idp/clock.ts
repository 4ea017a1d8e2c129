import { HarnessError } from "../errors.ts";
import { makeBoundedMap } from "./store/bounded-map.ts";
import type { Mirror } from "./store/store.ts";

/** What the clock of a mock IdP shows. */
export interface ClockReading {
  /** Seconds since the epoch. */
  readonly now: number;
  /** Whether it stands still. */
  readonly frozen: boolean;
  /** Seconds by which it is ahead of the machine's clock; negative: behind. */
  readonly ahead: number;
}

/** Where the clock is set to: a moment, or so many seconds later (negative: earlier) than it shows. */
export type ClockSetting = ({ readonly now: number } | { readonly shift: number }) & {
  /** Default: it goes on from there. */
  readonly frozen?: boolean | undefined;
};

/** The one clock of a mock IdP: everything that it signs, keeps and writes down takes its times from here. */
export interface Clock {
  readonly read: () => ClockReading;
  /** @throws HarnessError `ERR_USAGE` when it is no whole second from 1970 to 8999 */
  readonly set: (setting: ClockSetting) => ClockReading;
  /** Lets it follow the clock that the IdP was started with. */
  readonly reset: () => ClockReading;
}

/** 9000-01-01: times of a certificate, some years later, have four digits for the year. */
const END_SECONDS = 221_845_392_000;

function checked(now: number): number {
  if (Number.isSafeInteger(now) && now >= 0 && now < END_SECONDS) return now;
  throw new HarnessError(
    "ERR_USAGE",
    `the clock cannot be set to ${now}`,
    "Set it to whole seconds since the epoch, from 1970 to the year 8999.",
  );
}

/** The clock of the machine, seconds since the epoch. */
export function machineClock(): number {
  return Math.floor(Date.now() / 1000);
}

/** How a clock was set. */
export interface ClockState {
  /** Seconds by which it is ahead of the clock that it started with. */
  readonly shift: number;
  /** Absent: it goes. */
  readonly frozenAt?: number;
}

const SET = "set";

/**
 * Makes a clock.
 *
 * @param start the clock that it follows until it is set; absent: the machine's
 * @param states where it is kept how it was set; replicas show one time
 */
export function makeClock(start?: () => number, states: Mirror<ClockState> = makeBoundedMap(1)): Clock {
  /** The machine's clock is read once for both times, so that no second goes by between them. */
  const read = (): ClockReading => {
    const { shift, frozenAt } = states.get(SET) ?? { shift: 0 };
    const machine = machineClock();
    const now = frozenAt ?? (start?.() ?? machine) + shift;
    return { now, frozen: frozenAt !== undefined, ahead: now - machine };
  };
  return {
    read,
    set: (setting) => {
      const before = read().now;
      const now = checked("now" in setting ? setting.now : before + setting.shift);
      const shift = now - (start?.() ?? machineClock());
      states.put(SET, setting.frozen === true ? { shift, frozenAt: now } : { shift });
      return read();
    },
    reset: () => {
      states.clear();
      return read();
    },
  };
}
