// The augmentation below needs the module to be in the program; nothing of it is loaded.
/// <reference types="vitest" />
import type { MfaMatchers } from "../../src/testing/matchers.ts";

/** `expect.extend(mfaMatchers)` adds `toBeMfaCompliant()` and `toHaveFinding(id)` to vitest's `expect`. */
export { mfaMatchers, type MatcherResult, type MfaMatchers } from "../../src/testing/matchers.ts";

declare module "vitest" {
  interface Matchers<
    R extends void | Promise<void> = void | Promise<void>,
    T = unknown,
  > extends MfaMatchers<R> {}
}
