import { openTogether } from "../cleanup.ts";
import type { HarnessError } from "../errors.ts";
import type { MockIdp } from "../idp/mock-idp.ts";
import { startIdpToHandOver } from "../idp/start-idp.ts";
import type { StartIdpOptions } from "../idp/start-options.ts";
import type { Case } from "../scenario/expand.ts";
import type { TargetDefinitions } from "../target/definition/targets.ts";
import type { OpenedTargets, OpenOptions } from "../target/open-targets.ts";
import { REFERENCE_TARGETS } from "./reference/facts.ts";
import { openReferenceTargets, type RunningTargets } from "./reference/targets.ts";

/** What targets are started with. */
export interface TargetSettings {
  /** Targets of the configuration, by name. */
  readonly definitions: TargetDefinitions;
  /** How the mock IdP is set where an app of these asks it: its port, and who is registered. */
  readonly idp: StartIdpOptions;
  /** Makes the certificate of the IdP's authority known, where it talks https. */
  readonly trust: (certificate: string) => Promise<void>;
  /** Waits until apps reach the IdP, where it has an external URL; absent: nothing is waited for. */
  readonly waitUntilReached?: (idp: MockIdp, signal?: AbortSignal) => Promise<void>;
  /** Finds the folder that keeps the IdP's keys; absent, or none found: each start makes new ones. */
  readonly keepKeys?: () => Promise<string | undefined>;
  /** Is told what is waited for, where it takes its time. */
  readonly tell?: (line: string) => void;
  /** How long each case may take, where that is said; nothing before the first takes longer at one thing. */
  readonly longestSeconds?: number | undefined;
}

/** The targets, the mock IdP that they ask, and what of the configuration is running. */
export interface StartedTargets extends RunningTargets {
  readonly idp: MockIdp;
  /** Those targets of the configuration that a case needs. */
  readonly definitions: TargetDefinitions;
  /** Why targets did not come up; each case of theirs says so. */
  readonly down: ReadonlyMap<string, HarnessError>;
}

/**
 * Starts the mock IdP and every target that a case needs.
 *
 * @param signal ends the waiting for an app that does not come up
 * @throws HarnessError when the IdP's port is taken or no app comes up
 */
export async function startTargets(
  cases: readonly Case[],
  settings: TargetSettings,
  signal?: AbortSignal,
): Promise<StartedTargets> {
  const { idp: options, trust, keepKeys, waitUntilReached, tell, longestSeconds } = settings;
  const needed = neededBy(cases, settings.definitions);
  return await openTogether(async (cleanup) => {
    const needs = await optionsFor(needed, options, keepKeys);
    const idp = cleanup.use(await startIdpToHandOver(needs));
    if (idp.caCertificate !== undefined) await trust(idp.caCertificate);
    // Apps ask it when they start.
    if (needs.externalUrl !== undefined) await waitUntilReached?.(idp, signal);
    const references = cases.filter(({ target }) => REFERENCE_TARGETS.some(({ name }) => name === target));
    const ready = references.length === 0 ? [] : await openReferenceTargets(idp, references, cleanup);
    const own =
      Object.keys(needed).length === 0
        ? NONE
        : await openOwn(needed, { idp, cleanup, signal, tell, longestSeconds });
    const dispose = async (): Promise<void> => await cleanup[Symbol.asyncDispose]();
    const targets = [...ready, ...own.targets];
    const running = { targets, down: own.down, definitions: needed };
    return { idp, trust: idp.trust, ...running, [Symbol.asyncDispose]: dispose };
  });
}

/** What nobody asks needs no address, and what no program may remember needs no keys that stay. */
async function optionsFor(
  needed: TargetDefinitions,
  options: StartIdpOptions,
  keepKeys: TargetSettings["keepKeys"],
): Promise<StartIdpOptions> {
  const own = Object.values(needed).filter(({ kind }) => kind !== "library");
  if (own.length === 0) return {};
  const stateFolder = options.redis === undefined ? await keepKeys?.() : undefined;
  // An app knows the IdP by its address, and an API has its keys from there; a command is told, all but what runs beside it.
  const asksIdp = own.some((one) => one.kind !== "command" || one.command !== undefined);
  return asksIdp ? { ...options, stateFolder } : { stateFolder };
}

function neededBy(cases: readonly Case[], definitions: TargetDefinitions): TargetDefinitions {
  const names = new Set(cases.map(({ target }) => target));
  return Object.fromEntries(Object.entries(definitions).filter(([name]) => names.has(name)));
}

const NONE: OpenedTargets = { targets: [], down: new Map() };

/** Loaded late: a run against what comes along needs none of it. */
async function openOwn(
  definitions: TargetDefinitions,
  options: Omit<OpenOptions, "drivers" | "reach">,
): Promise<OpenedTargets> {
  const [{ openTargets, reachOf }, { makeDrivers }] = await Promise.all([
    import("../target/open-targets.ts"),
    import("../transport/drivers.ts"),
  ]);
  const reach = reachOf(definitions);
  const drivers = options.cleanup.use(makeDrivers(reach));
  return await openTargets(definitions, { ...options, drivers, reach });
}
