import { z } from "zod";
import { type Patch, type PatchInput, patchSchema } from "../emission/patch-schema.ts";
import { HarnessError } from "../errors.ts";
import { problemsIn } from "./schema-problems.ts";

/** The documents that an IdP publishes, as the path of a patch begins with them. */
const DOCUMENTS = ["discovery", "jwks", "samlMetadata", "eamDiscovery", "eamJwks"] as const;

/** Changes to what the IdP at `/` publishes. */
export const overridesSchema = z.array(patchSchema).superRefine((patches, context) => {
  for (const [index, { op, path }] of patches.entries()) {
    const [, document = ""] = path.split("/");
    if (op !== "fill" && DOCUMENTS.some((known) => known === document)) continue;
    const message =
      op === "fill" ? "fill is for tokens only" : `expected a path under /${DOCUMENTS.join(", /")}`;
    context.addIssue({ code: "custom", path: [index, op === "fill" ? "op" : "path"], message });
  }
});

/**
 * Reads overrides that a program gave.
 *
 * @throws HarnessError `ERR_CONFIG_INVALID` with each problem
 */
export function readOverrides(input: readonly PatchInput[]): readonly Patch[] {
  const parsed = overridesSchema.safeParse(input);
  if (parsed.success) return parsed.data;
  const problems = problemsIn(parsed.error, input).map(
    ({ place, expected }) => `overrides${place}: ${expected}`,
  );
  throw new HarnessError(
    "ERR_CONFIG_INVALID",
    problems.join("; "),
    "Write them as the patches of a scenario, each for a document that the IdP publishes.",
  );
}
