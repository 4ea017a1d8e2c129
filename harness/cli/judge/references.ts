import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Citation, citationsOf, rules } from "../../../src/index.ts";
import { BUNDLED_SCENARIOS } from "../../scenario/bundled.ts";

/** Where a rule is written, then the requirements at stake, each with an address that a browser or an editor opens. */
export function referencesOf(rule: string): readonly Citation[] {
  const known = rules.find(({ id }) => id === rule);
  if (known === undefined) return [];
  return [known.reference, ...known.requirements].flatMap(citationsOf).map(opened);
}

/** Pages of this package are files here: beside the scenarios, or in the build one folder further up. */
function opened(citation: Citation): Citation {
  const { text, url } = citation;
  if (url === undefined || !url.startsWith("docs/")) return citation;
  const [page = "", anchor = ""] = url.split("#");
  const beside = join(BUNDLED_SCENARIOS, "..", page);
  const file = existsSync(beside) ? beside : join(BUNDLED_SCENARIOS, "..", "..", page);
  return { text, url: `${pathToFileURL(file).href}#${anchor}` };
}
