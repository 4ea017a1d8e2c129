/** Writes to standard output. */
export function print(text: string): void {
  process.stdout.write(text);
}

/** Writes to standard error. */
export function fail(text: string): void {
  process.stderr.write(text);
}

// A reader that closes early (`| head`) has seen what it wanted: not a failure, and no stack trace.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});
