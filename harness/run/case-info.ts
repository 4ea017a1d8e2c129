import type { Case } from "../scenario/expand.ts";
import type { CaseInfo } from "./events.ts";

/** What reports need to know of a case, as plain data. */
export function caseInfo({ id, scenario, transport, target }: Case): CaseInfo {
  const { title, why, references, severity, covers, emission, expect, file } = scenario;
  return {
    id,
    scenario: scenario.id,
    ...(file === undefined ? {} : { file }),
    title,
    why,
    references,
    ...(severity === undefined ? {} : { severity }),
    covers,
    channel: emission.channel,
    transport,
    target,
    expect,
  };
}
