import type { TargetFacts } from "../../scenario/expand.ts";
import { libraryChannels } from "../adapter-target.ts";
import { canBeTakenThrough } from "../external-app.ts";
import type { TargetDefinition, TargetDefinitions } from "./targets.ts";

function factsOf(name: string, definition: TargetDefinition): TargetFacts {
  switch (definition.kind) {
    case "library":
      return { name, channels: libraryChannels(definition), transports: ["direct"] };
    case "app":
      return {
        name,
        channels: definition.channels,
        transports: ["protocol", "browser"],
        takes: (scenario) => canBeTakenThrough(definition, scenario),
      };
    default:
      return { name, channels: definition.channels, transports: ["direct"] };
  }
}

/** What of the targets of a file matters to tell which cases they have. */
export function targetFacts(definitions: TargetDefinitions): readonly TargetFacts[] {
  return Object.entries(definitions).map(([name, definition]) => factsOf(name, definition));
}
