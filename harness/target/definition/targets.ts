import { z } from "zod";
import { appDefinition } from "./app.ts";
import { apiDefinition, commandDefinition, libraryDefinition } from "./handed-over.ts";

/** What one target of `mfa-harness.yaml` may say. */
const targetDefinition = z.discriminatedUnion("kind", [
  libraryDefinition,
  appDefinition,
  commandDefinition,
  apiDefinition,
]);

/** Names that are taken, by what comes with the harness. */
const RESERVED = ["library", "relying-party", "service-provider", "federated-domain", "external-method"];

/** Names become part of the ids of cases. */
function problemOf(name: string): string | undefined {
  if (RESERVED.includes(name)) return "expected another name, a target of this name comes along";
  return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)
    ? undefined
    : "expected a name in kebab-case, such as my-portal";
}

/** The targets of `mfa-harness.yaml`, by name. */
export const targetsSchema = z
  .record(z.string(), targetDefinition)
  .superRefine((targets, context) => {
    for (const name of Object.keys(targets)) {
      const message = problemOf(name);
      if (message !== undefined) context.addIssue({ code: "custom", path: [name], message });
    }
  })
  .describe("What is tested, by name; absent: the library and the reference partner apps");

/** One target as it is written. */
export type TargetDefinition = Readonly<z.output<typeof targetDefinition>>;
/** All targets as they are written, by name. */
export type TargetDefinitions = Readonly<Record<string, TargetDefinition>>;
