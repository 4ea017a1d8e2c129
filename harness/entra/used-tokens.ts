/** Ids of tokens that signed somebody in. */
export interface UsedTokens {
  /** @throws Error when the token was taken before */
  readonly take: (id: string) => void;
}

/** Longer than any token that is taken lives: those of federated domains are made for an hour. */
const KEPT_SECONDS = 24 * 3600;
const LIMIT = 10_000;

/** Makes an empty memory; `now` tells the time in seconds since the epoch. */
export function makeUsedTokens(now: () => number): UsedTokens {
  const used = new Map<string, number>();
  const forget = (): void => {
    for (const [id, at] of used) {
      if (used.size < LIMIT && at + KEPT_SECONDS > now()) return;
      used.delete(id);
    }
  };
  return {
    take: (id) => {
      if (used.has(id)) throw new Error("the token was used before");
      forget();
      used.set(id, now());
    },
  };
}
