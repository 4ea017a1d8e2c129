import { githubReporter } from "./formats/github.ts";
import { htmlReporter } from "./formats/html/html.ts";
import { jsonReporter } from "./formats/json.ts";
import { jsonlReporter } from "./formats/jsonl.ts";
import { junitReporter } from "./formats/junit.ts";
import { listReporter } from "./formats/list.ts";
import { markdownReporter } from "./formats/markdown.ts";
import { withPrintableText } from "./printable-event.ts";
import type { CreateReporter } from "./reporter.ts";
import { sarifReporter } from "./formats/sarif.ts";
import { tapReporter } from "./formats/tap.ts";

/** Names for help texts and error messages. */
export const REPORTER_NAMES = [
  "list",
  "json",
  "jsonl",
  "junit",
  "sarif",
  "tap",
  "html",
  "github",
  "markdown",
] as const;

/** The name of a reporter. */
export type ReporterName = (typeof REPORTER_NAMES)[number];

/**
 * Every reporter by the name that `--reporter` takes. Those that write JSON are given all text as it is, and write it so
 * that it is safe to print.
 */
export const reporters: Readonly<Record<ReporterName, CreateReporter>> = {
  list: withPrintableText(listReporter),
  json: jsonReporter,
  jsonl: jsonlReporter,
  junit: withPrintableText(junitReporter),
  sarif: sarifReporter,
  tap: withPrintableText(tapReporter),
  html: withPrintableText(htmlReporter),
  github: withPrintableText(githubReporter),
  markdown: withPrintableText(markdownReporter),
};

/** Where a report is written when no path is given and standard output would be no use. */
export const DEFAULT_PATHS: Readonly<Partial<Record<ReporterName, string>>> = {
  html: "mfa-report/index.html",
};
