import type { Cleanup } from "../cleanup.ts";
import type { MockIdp } from "../idp/mock-idp.ts";
import type { Drivers } from "../transport/drivers.ts";
import { type ConsentingHost, makeReach, type Reach } from "../transport/reach.ts";
import { adapterTarget } from "./adapter-target.ts";
import { apiTarget } from "./api.ts";
import { commandTarget } from "./command.ts";
import { namedAddresses } from "./definition/app.ts";
import type { TargetDefinition, TargetDefinitions } from "./definition/targets.ts";
import { externalAppTarget } from "./external-app.ts";
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
}

/**
 * Opens the targets of a file; those that name a command are started.
 *
 * @throws HarnessError when an app does not come up or an adapter is none
 */
export async function openTargets(
  definitions: TargetDefinitions,
  options: OpenOptions,
): Promise<readonly Target[]> {
  const targets: Target[] = [];
  // One after the other: where one does not come up, nothing else may be on its way.
  for (const [name, definition] of Object.entries(definitions)) {
    targets.push(await openTarget(name, definition, options));
  }
  return targets;
}

async function openTarget(name: string, definition: TargetDefinition, options: OpenOptions): Promise<Target> {
  const { idp, cleanup, signal } = options;
  if (definition.kind === "library") return adapterTarget(name, definition, idp, cleanup);
  const make = (): Target => makeTarget(name, definition, options);
  const { command } = definition;
  if (command === undefined) return make();
  const kept = cleanup.use(await keepApp(name, command, { environment: environmentOf(idp), signal }));
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
  { idp, reach, drivers }: OpenOptions,
): Target {
  if (definition.kind === "command") return commandTarget(name, definition, idp);
  if (definition.kind === "api") return apiTarget(name, definition, idp, reach);
  return externalAppTarget({ name, app: definition, idp, drivers });
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
