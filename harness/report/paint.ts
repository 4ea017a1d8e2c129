import { styleText } from "node:util";
import type { Output } from "./reporter.ts";

type Style = "green" | "red" | "yellow" | "dim" | "bold";

/**
 * Colours text for a terminal, or where FORCE_COLOR asks for it, which outweighs NO_COLOR as it does in Node.js; leaves
 * it as it is for a file or a pipe, and when NO_COLOR is set.
 */
export function painter(output: Output): (style: Style, text: string) => string {
  const isColoured = output.path === undefined && (isForced() ?? isTerminal(output));
  return (style, text) => (isColoured ? styleText(style, text, { validateStream: false }) : text);
}

/** Undefined: nothing is asked for. */
function isForced(): boolean | undefined {
  const { FORCE_COLOR: forced } = process.env;
  return forced === undefined ? undefined : !["0", "false"].includes(forced);
}

function isTerminal({ columns }: Output): boolean {
  return columns !== undefined && (process.env["NO_COLOR"] ?? "") === "";
}
