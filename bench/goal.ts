/** One measured goal: a ratio of two figures of the same run, or an exponent of growth. */
export interface Measured {
  readonly goal: string;
  /** Who is compared with; `ours` where a figure of ours is set against another of ours. */
  readonly peer: string;
  /** Ours divided by the peer's, or the exponent. */
  readonly ratio: number;
  /** The bar, and which side of it is good; absent: a figure for comparison only. */
  readonly must?: { readonly bar: number; readonly better: "more" | "less" };
  /** The absolute figures, for orientation only. */
  readonly figures: string;
}

/** One line of the result table. */
export function measuredLine({ goal, peer, ratio, must, figures }: Measured): string {
  const shown = ratio.toFixed(2);
  if (must === undefined) return `| ${goal} | ${peer} | ${shown} | – |  | ${figures} |`;
  const met = must.better === "more" ? ratio >= must.bar : ratio <= must.bar;
  const bar = `${must.better === "more" ? "≥" : "≤"} ${must.bar.toFixed(2)}`;
  return `| ${goal} | ${peer} | ${shown} | ${bar} | ${met ? "met" : "not met"} | ${figures} |`;
}
