import type { MfaMatchers } from "../../src/testing/matchers.ts";

/** `expect.extend(mfaMatchers)` adds `toBeMfaCompliant()` and `toHaveFinding(id)` to vitest's `expect`. */
export { mfaMatchers, type MatcherResult, type MfaMatchers } from "../../src/testing/matchers.ts";
export type { EmissionOption } from "./idp-for-tests.ts";
export { type IdpFixtures, test } from "./vitest-fixtures.ts";

declare module "vitest" {
  interface Matchers<
    R extends void | Promise<void> = void | Promise<void>,
    T = unknown,
  > extends MfaMatchers<R> {}
}
