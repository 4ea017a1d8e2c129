import { test as base } from "vitest";
import type { StartIdpOptions } from "../idp/start-options.ts";
import { type EmissionOption, startForTests, takeBack } from "./idp-for-tests.ts";

/**
 * vitest's `test` with a mock IdP.
 *
 * `idp` is one for each file, and what a test did to it is taken back after the test; tests of one file that run
 * concurrently share it. `test.override` sets `idpOptions` for a file and `emission` for a file or a suite.
 */
export const test = base
  .extend("idpOptions", { scope: "file" }, (): StartIdpOptions => ({}))
  .extend("idp", { scope: "file" }, async ({ idpOptions }, { onCleanup }) => {
    const idp = await startForTests(idpOptions);
    onCleanup(idp.stop);
    return idp;
  })
  .extend("emission", (): EmissionOption => undefined)
  .extend("emissionInUse", { auto: true }, async ({ idp, emission }, { onCleanup }) => {
    onCleanup(() => takeBack(idp));
    if (emission !== undefined) await idp.use(emission);
    return emission;
  });
