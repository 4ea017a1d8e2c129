import { rawText, type RawText } from "./json-text.ts";
import type { Patch } from "./patch-schema.ts";

/** The word that a flooded list repeats: a method, so that the list stays one of methods. */
const WORD = "pwd";

/** Makes what a patch floods a place with; a nest is text, because no writer of JSON need survive it. */
export function flooded({
  shape,
  times,
}: Pick<Extract<Patch, { op: "flood" }>, "shape" | "times">): string | string[] | RawText {
  if (shape === "text") return "a".repeat(times);
  if (shape === "list") return Array.from({ length: times }, () => WORD);
  return rawText(`${"[".repeat(times)}${"]".repeat(times)}`);
}
