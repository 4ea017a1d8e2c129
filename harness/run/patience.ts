/** How long targets are waited for: one that has stopped answering must not cost each further case its whole time. */
export interface Patience {
  /** Why a target is not asked any more; undefined: it is. */
  readonly lostWith: (target: string) => string | undefined;
  /** Notes that a target was waited for, and whether in vain. */
  readonly note: (target: string, wait: "answered" | "in vain") => void;
}

/** A wait of this many seconds costs a run time, whatever ended it. */
const LONG_SECONDS = 5;

/** Whether waiting so long was waiting in vain, where nothing came of it. */
export function isLongWait(seconds: number, timeoutSeconds: number): boolean {
  return seconds >= Math.min(LONG_SECONDS, timeoutSeconds);
}

/**
 * Makes the patience of one run.
 *
 * @param limit how often in a row a target may be waited for in vain
 * @param limitAtFirst the same for one that has not answered so far: nobody has to wait for it again and again
 */
export function makePatience(limit: number, limitAtFirst: number = limit): Patience {
  const inVain = new Map<string, number>();
  const answered = new Set<string>();
  return {
    lostWith: (target) => {
      const times = inVain.get(target) ?? 0;
      if (times < (answered.has(target) ? limit : limitAtFirst)) return undefined;
      const often = times === 1 ? "once" : `${times} times in a row`;
      return `${target} was waited for in vain ${often}; it is not asked any more in this run`;
    },
    note: (target, wait) => {
      if (wait === "answered") answered.add(target);
      inVain.set(target, wait === "answered" ? 0 : (inVain.get(target) ?? 0) + 1);
    },
  };
}

/** The patience of a sign-in beside the cases: that it is answered does not speed up the next case. */
export function besideCases({ lostWith, note }: Patience): Patience {
  return {
    lostWith,
    note: (target, wait) => {
      if (wait === "in vain") note(target, wait);
    },
  };
}
