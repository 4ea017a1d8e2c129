import { isOnThisMachine } from "../../idp/answer-address.ts";
import type { MockIdp } from "../../idp/mock-idp.ts";
import type { TargetSettings } from "../../run/start-targets.ts";
import type { Config } from "../config/config-schema.ts";
import { keepKeys } from "../kept-keys.ts";
import { fail } from "../terminal.ts";
import { serveOptions } from "../serve-options.ts";

/**
 * What targets are started with: those of the configuration, and the mock IdP as `serve` has it, because that is where
 * their apps look for it.
 *
 * @param freshKeys whether the keys so far are thrown away at the start
 * @param longestSeconds how long each case may take, where that is said
 * @throws HarnessError when `serve` names a file that cannot be read
 */
export async function targetSettings(
  { targets = {}, serve = {} }: Config,
  freshKeys: boolean,
  longestSeconds?: number,
): Promise<TargetSettings> {
  const { idp, caFile = "" } = await serveOptions({}, serve);
  const trust = async (certificate: string): Promise<void> => {
    const { trustAuthority } = await import("../trust-authority.ts");
    await trustAuthority(certificate, caFile);
  };
  return {
    definitions: targets,
    idp,
    trust,
    waitUntilReached,
    keepKeys: async () => await keepKeys(freshKeys),
    tell: fail,
    longestSeconds,
  };
}

/** An address of another machine is not for this process to ask. */
async function waitUntilReached(idp: MockIdp, signal?: AbortSignal): Promise<void> {
  if (!isOnThisMachine(idp.origin)) return;
  const { waitForUrl } = await import("../wait-for-url.ts");
  await waitForUrl(idp, signal ?? new AbortController().signal);
}
