/** Lines that a runtime writes when a program falls over, whatever its exit code; in Node.js, Python or Java that is 1. */
const LAST_WORDS: readonly RegExp[] = [
  /^Traceback \(most recent call last\)/, // Python
  /^Node\.js v\d+/,
  /^error: Uncaught/, // Deno
  /^[ \t]+at \S.*:(?:line )?\d+(?::\d+)?\)?$/, // V8, the JVM, .NET
  /^Exception in thread "/,
  /^Unhandled exception/i,
  /^panic: |^goroutine \d+ \[/, // Go
  /^thread '.*' .*panicked at/, // Rust
  /:\d+:in [`'].*\([\w:]+\)$/, // Ruby
  /Fatal error: +Uncaught/, // PHP
  /^terminate called/, // C++
  /Segmentation fault|core dumped/,
  /: command not found$|: No module named |^Error: Cannot find module/,
];

const LONGEST_LINE = 400;

/** The line by which a program's output shows that it fell over; undefined: there is none. */
export function lastWordsIn(output: string): string | undefined {
  return output
    .split(/\r?\n/)
    .map((line) => line.slice(0, LONGEST_LINE))
    .find((line) => LAST_WORDS.some((pattern) => pattern.test(line)))
    ?.trim();
}
