import type { RelyingPartyRegistration } from "../../idp/oidc/registration.ts";
import type { TargetFacts } from "../../scenario/expand.ts";
import type { Scenario } from "../../scenario/schema.ts";
import { libraryChannels } from "../adapter-target.ts";
import { needsOf } from "../needs.ts";
import type { AppDefinition } from "./app.ts";
import type { TargetDefinition, TargetDefinitions } from "./targets.ts";

/** What stands around targets and decides which cases they have. */
export interface Surroundings {
  /** Who is registered at the IdP. */
  readonly relyingParties?: readonly Pick<RelyingPartyRegistration, "backchannelLogoutUri">[] | undefined;
  /** Where controls are found: an app that cannot be shown a control cannot be shown what is held against it. */
  readonly scenarios?: readonly Scenario[];
}

function factsOf(name: string, definition: TargetDefinition, around: Surroundings): TargetFacts {
  switch (definition.kind) {
    case "library":
      return { name, channels: libraryChannels(definition), transports: ["direct"] };
    case "app":
      return {
        name,
        channels: definition.channels,
        transports: ["protocol", "browser"],
        needs: needsOfApp(definition, around),
      };
    default:
      return { name, channels: definition.channels, transports: ["direct"] };
  }
}

function needsOfApp(app: AppDefinition, { relyingParties = [], scenarios = [] }: Surroundings) {
  const { origin } = new URL(app.start);
  const hearsLogout = relyingParties.some(
    ({ backchannelLogoutUri: uri = "" }) => URL.parse(uri)?.origin === origin,
  );
  const byId = new Map(scenarios.map((scenario) => [scenario.id, scenario]));
  const needs = (scenario: Scenario): readonly string[] => needsOf({ app, hearsLogout }, scenario);
  return (scenario: Scenario): readonly string[] => {
    const control = byId.get(scenario.control ?? "");
    return [...new Set([...needs(scenario), ...(control === undefined ? [] : needs(control))])];
  };
}

/** What of the targets of a file matters to tell which cases they have. */
export function targetFacts(
  definitions: TargetDefinitions,
  around: Surroundings = {},
): readonly TargetFacts[] {
  return Object.entries(definitions).map(([name, definition]) => factsOf(name, definition, around));
}
