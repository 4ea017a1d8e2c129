import { jsonText } from "../printable.ts";
import type { CreateReporter } from "../reporter.ts";

/** The event stream itself, one JSON document a line, written as it happens: `mfa-harness report` reads it again. */
export const jsonlReporter: CreateReporter = (output) => (event) => {
  output.write(`${jsonText(event)}\n`);
};
