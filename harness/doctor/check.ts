/** One thing that a run depends on, looked at beforehand. */
export interface Check {
  readonly status: "ok" | "warn" | "fail";
  /** What was looked at. */
  readonly what: string;
  readonly found: string;
  /** What to do about it; absent: nothing. */
  readonly todo?: string;
  /** The target that accepted a good sign-in; absent: none did, or none was asked. */
  readonly accepted?: string;
}

/** All is as it should be. */
export function fine(what: string, found: string): Check {
  return { status: "ok", what, found };
}

/** A run may still tell something. */
export function doubtful(what: string, found: string, todo: string): Check {
  return { status: "warn", what, found, todo };
}

/** No run can tell anything before this is mended. */
export function broken(what: string, found: string, todo: string): Check {
  return { status: "fail", what, found, todo };
}
