import type { Scenario, Transport } from "./schema.ts";

/** What of a target matters for expansion. */
export interface TargetFacts {
  readonly name: string;
  readonly channels: readonly Scenario["emission"]["channel"][];
  readonly transports: readonly Transport[];
  /** What its file lacks for a scenario of its channel; nothing: it is taken through it; absent: through each. */
  readonly needs?: (scenario: Scenario) => readonly string[];
}

/** One scenario on one transport against one target. */
export interface Case {
  /** `<scenario>/<transport>/<target>`, unique in a run. */
  readonly id: string;
  readonly scenario: Scenario;
  readonly transport: Transport;
  readonly target: string;
}

/**
 * Makes the cases of a run, in the order of the scenarios: each scenario on each of its transports that the run
 * offers, against each target that reads its channel and takes that transport.
 */
export function expandCases(
  scenarios: readonly Scenario[],
  targets: readonly TargetFacts[],
  transports: readonly Transport[],
): readonly Case[] {
  return scenarios.flatMap((scenario) =>
    scenario.transport
      .filter((transport) => transports.includes(transport))
      .flatMap((transport) =>
        targets
          .filter((target) => target.channels.includes(scenario.emission.channel))
          .filter((target) => target.transports.includes(transport))
          .filter((target) => (target.needs?.(scenario) ?? []).length === 0)
          .map(({ name }) => ({
            id: `${scenario.id}/${transport}/${name}`,
            scenario,
            transport,
            target: name,
          })),
      ),
  );
}
