import type { ChildProcess } from "node:child_process";

/** The newest of what a program wrote. */
export interface KeptOutput {
  /** Standard output and standard error as they came. */
  readonly text: () => string;
  /** Its last lines, for a message. */
  readonly lastLines: () => string;
}

const CHARACTERS = 64_000;
const LINES = 12;
const STACK_FRAME = /^\s+at \S/;

/** Listens to what a program writes, so that it never stops for nobody listening. */
export function keepOutput({ stdout, stderr }: ChildProcess): KeptOutput {
  let text = "";
  for (const stream of [stdout, stderr]) {
    stream?.setEncoding("utf8");
    stream?.on("data", (chunk: string) => {
      text = `${text}${chunk}`.slice(-CHARACTERS);
    });
  }
  return {
    text: () => text,
    lastLines: () => {
      // Where in a program it failed says less than what failed.
      const lines = text
        .trimEnd()
        .split("\n")
        .filter((line) => !STACK_FRAME.test(line))
        .slice(-LINES);
      return text.trim() === ""
        ? "It wrote nothing."
        : `It wrote:\n${lines.map((line) => `  ${line}`).join("\n")}`;
    },
  };
}
