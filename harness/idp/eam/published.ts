import type { Response } from "express";
import { jsonText } from "../../emission/json-text.ts";
import { patched } from "../../emission/patch.ts";
import { documentEmission } from "../documents.ts";
import type { IdpParts } from "../parts.ts";

/**
 * Sends a document that Entra fetches before anybody signs in, changed as the emission says that is preselected here:
 * nobody has chosen another one yet. A document that a patch took away is not found.
 *
 * @throws HarnessError when a patch does not fit
 */
export function sendPublished(
  member: "eamDiscovery" | "eamJwks",
  document: Readonly<Record<string, unknown>>,
  parts: IdpParts,
  response: Response,
): void {
  const emission = documentEmission(parts, ["eam"]);
  const published: unknown = patched(member, document, emission?.patch ?? []);
  response.status(published === undefined ? 404 : 200).type("application/json");
  response.send(published === undefined ? "{}" : jsonText(published));
  parts.choices.handOut(parts.choices.preselected(["eam"]), member);
}
