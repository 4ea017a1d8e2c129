/** One measured goal: a ratio of two figures of the same run. */
export interface Measured {
  readonly goal: string;
  readonly peer: string;
  /** Ours divided by the peer's. */
  readonly ratio: number;
  /** The bar, and which side of it is good. */
  readonly must: { readonly bar: number; readonly better: "more" | "less" };
  /** The two absolute figures, for orientation only. */
  readonly figures: string;
}

/** Whether the bar is reached. */
function isMet({ ratio, must }: Measured): boolean {
  return must.better === "more" ? ratio >= must.bar : ratio <= must.bar;
}

/** One line of the result table. */
export function measuredLine(measured: Measured): string {
  const { goal, peer, ratio, must, figures } = measured;
  const bar = `${must.better === "more" ? "≥" : "≤"} ${must.bar.toFixed(2)}`;
  return `| ${goal} | ${peer} | ${ratio.toFixed(2)} | ${bar} | ${isMet(measured) ? "met" : "not met"} | ${figures} |`;
}
