import { styleText } from "node:util";
import type { Output } from "./reporter.ts";

type Style = "green" | "red" | "yellow" | "dim" | "bold";

/** Colours text for a terminal; leaves it as it is for a file or a pipe, and when NO_COLOR is set. */
export function painter(output: Output): (style: Style, text: string) => string {
  const plain = output.columns === undefined || (process.env["NO_COLOR"] ?? "") !== "";
  return (style, text) => (plain ? text : styleText(style, text, { validateStream: false }));
}
