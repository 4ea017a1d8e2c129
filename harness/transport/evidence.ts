/** One file that was kept of what a browser showed. It holds artifacts: tokens and cookies of the test's users. */
export interface EvidenceFile {
  /** What was on the screen; or all that happened, for `npx playwright show-trace`. */
  readonly kind: "screenshot" | "trace";
  /** As it was given, relative to the working folder or absolute, with `/`. */
  readonly path: string;
  /** Which attempt at the case it is of, from 1. */
  readonly attempt: number;
}

/** A kind of evidence and where to put it. */
export type PathOf = (kind: EvidenceFile["kind"]) => string;

/** A browser that nobody uses any more. It stays open until it is known whether what it shows is worth keeping. */
export interface SpentBrowser extends AsyncDisposable {
  /** Writes down what it shows. @param pathOf a new path for each file */
  readonly keep: (pathOf: PathOf) => Promise<void>;
}

/** Takes charge of the browsers of one attempt. */
export interface EvidenceKeeper {
  readonly hand: (browser: SpentBrowser) => void;
}
