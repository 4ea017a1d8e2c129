import type { MockIdp } from "./idp/mock-idp.ts";
import type { PartnerPorts, Partners } from "./partner/start-partners.ts";
import type { RunningTargets } from "./run/reference/targets.ts";
import type { RunOptions } from "./run/run.ts";
import type { StartedTargets, TargetSettings } from "./run/start-targets.ts";
import type { Case } from "./scenario/expand.ts";
import type { Scenario } from "./scenario/schema.ts";

// What of the API brings most of the code, each loaded by its first call: whoever only starts an IdP has no runner, no
// reports, no partner apps and no YAML.

/**
 * Loads scenario files, all or none.
 *
 * @param paths files, or folders searched in depth for `*.yaml`
 * @returns scenarios in the order of their file names, so that a run is the same everywhere
 * @throws HarnessError `ERR_FILE_UNREADABLE` for a path that is not there, `ERR_SCENARIO_INVALID` listing every
 *   problem of every file as `file:line:column`
 */
export async function loadScenarios(paths: readonly string[]): Promise<readonly Scenario[]> {
  return await (await import("./scenario/load.ts")).loadScenarios(paths);
}

/**
 * Runs the cases and tells what happens as events; cases run in parallel, each with a user of its own.
 *
 * @throws HarnessError when the harness could not do its work, after `run-end` was told
 */
export async function run(options: RunOptions): Promise<void> {
  await (await import("./run/run.ts")).run(options);
}

/**
 * Starts the relying party, the service provider and the Partner Center stand-in against one IdP.
 *
 * @throws HarnessError `ERR_PORT_IN_USE`
 */
export async function startPartners(idp: MockIdp, ports: PartnerPorts = {}): Promise<Partners> {
  return await (await import("./partner/start-partners.ts")).startPartners(idp, ports);
}

/** Starts the mock IdP and, only when a case needs them, the partner apps and the drivers. */
export async function startReferenceTargets(cases: readonly Case[]): Promise<RunningTargets> {
  return await (await import("./run/reference/targets.ts")).startReferenceTargets(cases);
}

/**
 * Starts the mock IdP and every target that a case needs.
 *
 * @param signal ends the waiting for an app that does not come up
 * @throws HarnessError when the IdP's port is taken or an app does not come up
 */
export async function startTargets(
  cases: readonly Case[],
  settings: TargetSettings,
  signal?: AbortSignal,
): Promise<StartedTargets> {
  return await (await import("./run/start-targets.ts")).startTargets(cases, settings, signal);
}
