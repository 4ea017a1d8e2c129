import { test as base } from "playwright/test";
import type { MockIdp } from "../idp/mock-idp.ts";
import type { StartIdpOptions } from "../idp/start-options.ts";
import { type EmissionOption, startForTests, takeBack } from "./idp-for-tests.ts";

/** What a worker of Playwright Test has besides what Playwright gives it. */
export interface IdpWorkerFixtures {
  /** Option: how the IdP is started. */
  readonly idpOptions: StartIdpOptions;
  /** The mock IdP, one for each worker; what a test did to it is taken back after the test. */
  readonly idp: MockIdp;
}

/** What a test has besides what Playwright gives it. */
export interface IdpTestFixtures {
  /** Option: what the IdP says in tests that choose nothing themselves: an emission, or the id of a scenario. */
  readonly emission: EmissionOption;
  /** Puts `emission` in use and takes everything back; works by itself. */
  readonly emissionInUse: EmissionOption;
}

/** Playwright's `test` with a mock IdP; `test.use({ emission })` sets what it says. */
export const test = base.extend<IdpTestFixtures, IdpWorkerFixtures>({
  idpOptions: [{}, { option: true, scope: "worker" }],
  idp: [
    async ({ idpOptions }, use) => {
      await using idp = await startForTests(idpOptions);
      await use(idp);
    },
    { scope: "worker" },
  ],
  emission: [undefined, { option: true }],
  emissionInUse: [
    async ({ idp, emission }, use) => {
      if (emission !== undefined) await idp.use(emission);
      await use(emission);
      takeBack(idp);
    },
    { auto: true },
  ],
});

/** Playwright's own, so that a spec imports both from one place. */
export { expect } from "playwright/test";
