import { Cookie } from "tough-cookie";

/** Which cookies each origin has set. A browser sends cookies to every port of a host, so it cannot tell. */
export interface SetCookies {
  readonly note: (origin: string, lines: readonly string[]) => void;
  /** Names of those that were not taken away since. */
  readonly of: (origin: string) => readonly string[];
}

/** Makes the record of one browser. */
export function makeSetCookies(): SetCookies {
  const byOrigin = new Map<string, Set<string>>();
  return {
    note: (origin, lines) => {
      const names = byOrigin.get(origin) ?? new Set<string>();
      byOrigin.set(origin, names);
      for (const line of lines) {
        const cookie = Cookie.parse(line, { loose: true });
        if (cookie === undefined) continue;
        if (cookie.TTL() <= 0 || cookie.value === "") names.delete(cookie.key);
        else names.add(cookie.key);
      }
    },
    of: (origin) => [...(byOrigin.get(origin) ?? [])],
  };
}
