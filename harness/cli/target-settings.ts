import type { TargetSettings } from "../run/start-targets.ts";
import type { Config } from "./config.ts";
import { serveOptions } from "./serve-options.ts";
import { trustAuthority } from "./trust-authority.ts";

/**
 * What targets are started with: those of the configuration, and the mock IdP as `serve` has it, because that is where
 * their apps look for it.
 *
 * @throws HarnessError when `serve` names a file that cannot be read
 */
export async function targetSettings({ targets = {}, serve = {} }: Config): Promise<TargetSettings> {
  const { idp, caFile = "" } = await serveOptions({}, serve);
  return { definitions: targets, idp, trust: (certificate) => trustAuthority(certificate, caFile) };
}
