import { htmlReporter } from "./html.ts";
import { jsonReporter } from "./json.ts";
import { junitReporter } from "./junit.ts";
import { listReporter } from "./list.ts";
import type { CreateReporter } from "./reporter.ts";

/** Every reporter by the name that `--reporter` takes. */
export const reporters: Readonly<Record<ReporterName, CreateReporter>> = {
  list: listReporter,
  json: jsonReporter,
  junit: junitReporter,
  html: htmlReporter,
};

export type ReporterName = "list" | "json" | "junit" | "html";

/** Names for help texts and error messages. */
export const REPORTER_NAMES = ["list", "json", "junit", "html"] as const;

/** Where a report is written when no path is given and standard output would be no use. */
export const DEFAULT_PATHS: Readonly<Partial<Record<ReporterName, string>>> = {
  html: "mfa-report/index.html",
};
