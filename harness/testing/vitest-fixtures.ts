import { test as base } from "vitest";
import type { MockIdp } from "../idp/mock-idp.ts";
import type { StartIdpOptions } from "../idp/start-options.ts";
import { type EmissionOption, startForTests, takeBack } from "./idp-for-tests.ts";

/** What a test has besides what vitest gives it. */
export interface IdpFixtures {
  /** How the IdP is started; of a file. */
  readonly idpOptions: StartIdpOptions;
  /** The mock IdP, one for each file; what a test did to it is taken back after the test. */
  readonly idp: MockIdp;
  /** What the IdP says in tests that choose nothing themselves: an emission, or the id of a scenario. */
  readonly emission: EmissionOption;
  /** Puts `emission` in use and takes everything back; works by itself. */
  readonly emissionInUse: EmissionOption;
}

/**
 * vitest's `test` with a mock IdP.
 *
 * `idp` is one for each file, and what a test did to it is taken back after the test; tests of one file that run
 * concurrently share it. `test.override` sets `idpOptions` for a file and `emission` for a file or a suite; before
 * vitest 4.1 it is called `test.scoped`, and `test.extend` sets `idpOptions`.
 */
// All fixtures in one object: the only form that vitest 4.0 knows.
export const test = base.extend<IdpFixtures>({
  idpOptions: [{}, { scope: "file" }],
  idp: [
    async ({ idpOptions }, use) => {
      await using idp = await startForTests(idpOptions);
      await use(idp);
    },
    { scope: "file" },
  ],
  emission: undefined,
  emissionInUse: [
    async ({ idp, emission }, use) => {
      if (emission !== undefined) await idp.use(emission);
      await use(emission);
      takeBack(idp);
    },
    { auto: true },
  ],
});
