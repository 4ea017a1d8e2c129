import type { Cleanup } from "../cleanup.ts";
import { HarnessError } from "../errors.ts";
import type { MockIdp } from "../idp/mock-idp.ts";
import type { Drivers } from "../transport/drivers.ts";
import { type ConsentingHost, makeReach, type Reach } from "../transport/reach.ts";
import { adapterTarget } from "./adapter-target.ts";
import { apiTarget } from "./api.ts";
import { commandTarget } from "./command.ts";
import { namedAddresses } from "./definition/app.ts";
import type { TargetDefinition, TargetDefinitions } from "./definition/targets.ts";
import { externalAppTarget } from "./external-app.ts";
import { LONGEST_SIGN_IN_SECONDS } from "./oracle/sign-in-once.ts";
import { keepApp } from "./process/keep-app.ts";
import type { Target } from "./target.ts";

const REQUESTS_PER_SECOND = 5;

/** Where requests may go: this machine, and the very hosts of those targets whose file says that they agreed. */
export function reachOf(definitions: TargetDefinitions): Reach {
  return makeReach(Object.values(definitions).flatMap(hostsOf));
}

function hostsOf(definition: TargetDefinition): readonly ConsentingHost[] {
  if (definition.kind === "library" || definition.kind === "command" || definition.consent !== true)
    return [];
  const { requestsPerSecond = REQUESTS_PER_SECOND } = definition;
  const addresses = definition.kind === "api" ? [definition.url] : Object.values(namedAddresses(definition));
  // An address at the IdP is none of the target's.
  return addresses
    .flatMap((address = "") => URL.parse(address) ?? [])
    .map(({ hostname }) => ({ hostname, requestsPerSecond }));
}

/** What targets are opened with. */
export interface OpenOptions {
  readonly idp: MockIdp;
  readonly drivers: Drivers;
  readonly reach: Reach;
  /** Takes charge of the programs that are started. */
  readonly cleanup: Cleanup;
  /** Ends the waiting for an app that does not come up. */
  readonly signal?: AbortSignal | undefined;
  /** Is told what is waited for, where it takes its time. */
  readonly tell?: ((line: string) => void) | undefined;
  /** How long a sign-in may take by which an app is learned, where a case has less time than usual. */
  readonly longestSeconds?: number | undefined;
}

/** Targets, and why those of them did not come up that did not. */
export interface OpenedTargets {
  readonly targets: readonly Target[];
  readonly down: ReadonlyMap<string, HarnessError>;
}

/**
 * Opens the targets of a file; those that name a command are started. One that does not come up has no case decided, and
 * keeps no other from being tested.
 *
 * @throws HarnessError when none comes up or an adapter is none
 */
export async function openTargets(
  definitions: TargetDefinitions,
  options: OpenOptions,
): Promise<OpenedTargets> {
  const targets: Target[] = [];
  const down = new Map<string, HarnessError>();
  // One after the other: what is taken by one, such as an address, must be seen by the next.
  for (const [name, definition] of Object.entries(definitions)) {
    const target = await openTarget(name, definition, options).catch((error: unknown) => {
      options.signal?.throwIfAborted();
      if (definition.kind === "library" || !isUnreachable(error)) throw error;
      down.set(name, error);
      return downTarget(makeTarget(name, definition, options), error);
    });
    targets.push(target);
  }
  const [first] = down.values();
  if (first !== undefined && down.size === targets.length) throw first;
  return { targets, down };
}

function isUnreachable(error: unknown): error is HarnessError {
  return error instanceof HarnessError && error.code === "ERR_TARGET_UNREACHABLE";
}

/** What is not there says so to each case. */
function downTarget(target: Target, why: HarnessError): Target {
  return { ...target, observe: () => Promise.reject(why) };
}

async function openTarget(name: string, definition: TargetDefinition, options: OpenOptions): Promise<Target> {
  const { idp, cleanup, signal, tell } = options;
  if (definition.kind === "library") return adapterTarget(name, definition, idp, cleanup);
  const make = (): Target => makeTarget(name, definition, options);
  const { command } = definition;
  if (command === undefined) return make();
  const kept = cleanup.use(await keepApp(name, command, { environment: environmentOf(idp), signal, tell }));
  // What was started again is learned again.
  const starts = new Map<number, Target>();
  const targetOf = (start: number): Target => {
    const target = starts.get(start) ?? make();
    starts.set(start, target);
    return target;
  };
  return {
    ...targetOf(0),
    observe: (attempt) =>
      kept.during(attempt.id ?? attempt.user, (start) => targetOf(start).observe(attempt)),
  };
}

function makeTarget(
  name: string,
  definition: Exclude<TargetDefinition, { kind: "library" }>,
  { idp, reach, drivers, longestSeconds = LONGEST_SIGN_IN_SECONDS }: OpenOptions,
): Target {
  if (definition.kind === "command") return commandTarget(name, definition, idp);
  if (definition.kind === "api") return apiTarget(name, definition, idp, reach);
  const patienceSeconds = Math.min(longestSeconds, LONGEST_SIGN_IN_SECONDS);
  return externalAppTarget({ name, app: definition, idp, drivers, patienceSeconds });
}

/** What a program that is started by the harness is told of the mock IdP. */
function environmentOf({ origin, trust }: MockIdp): Readonly<Record<string, string>> {
  return {
    MFA_HARNESS_IDP: origin,
    MFA_HARNESS_OIDC_ISSUER: trust.oidcIssuer,
    MFA_HARNESS_SAML_METADATA: trust.samlEntityId,
    MFA_HARNESS_SAML_CERTIFICATE: trust.samlCertificate,
    MFA_HARNESS_WSFED_ISSUER: trust.wsFedIssuer,
  };
}
