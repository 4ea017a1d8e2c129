import type { MfaMatchers } from "../../src/testing/matchers.ts";

/** `expect.extend(mfaMatchers)` adds `toBeMfaCompliant()` and `toHaveFinding(id)` to jest's `expect`. */
export { mfaMatchers, type MatcherResult, type MfaMatchers } from "../../src/testing/matchers.ts";

declare global {
  namespace jest {
    interface Matchers<R, T = {}> extends MfaMatchers<R> {}
  }
}
