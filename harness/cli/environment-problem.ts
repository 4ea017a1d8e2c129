import { HarnessError } from "../errors.ts";

/** What the machine lacks, by the code that Node gives, and the next step. */
const LACKS: Readonly<Record<string, readonly [message: string, hint: string]>> = {
  ENOSPC: ["the disk is full", "Make room, or write to another one."],
  EDQUOT: ["the disk quota is used up", "Make room, or write elsewhere."],
  EROFS: ["the file system cannot be written to", "Call mfa-harness in a folder that can be written to."],
  EMFILE: [
    "this process has too few file handles (EMFILE)",
    "Raise the limit: ulimit -n 4096; or lower --workers.",
  ],
  ENFILE: ["this machine has too few file handles (ENFILE)", "Close other programs, or raise its limit."],
  ENOMEM: ["this machine has too little memory (ENOMEM)", "Close other programs, or lower --workers."],
  EADDRNOTAVAIL: [
    "this machine does not have the address 127.0.0.1",
    "Set up IPv4 on its loopback interface (ip addr add 127.0.0.1/8 dev lo); --host moves the IdP alone.",
  ],
  EAFNOSUPPORT: [
    "this machine speaks no IPv4",
    "Set up IPv4 on its loopback interface; the partner apps listen on 127.0.0.1.",
  ],
};

/** Errors come wrapped, and several at once. */
function causesOf(error: unknown, depth = 0): readonly unknown[] {
  if (!(error instanceof Error) || depth > 8) return [error];
  const inner: readonly unknown[] = error instanceof AggregateError ? error.errors : [];
  const all: readonly unknown[] = [error.cause, ...inner];
  return [error, ...all.filter((one) => one !== undefined).flatMap((one) => causesOf(one, depth + 1))];
}

/** What keeps anything from working, whatever was tried when it came to light. */
const OF_EVERYTHING: readonly string[] = ["ENOSPC", "EDQUOT", "EROFS", "EMFILE", "ENFILE", "ENOMEM"];

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

/**
 * What is no fault of this program but of the machine that it runs on. An error that says what was tried has its say;
 * what the machine lacks stands beside it, unless it does already.
 *
 * @returns undefined: nothing is known to be
 */
export function environmentProblem(error: unknown): HarnessError | undefined {
  const found = causesOf(error)
    .map(codeOf)
    .find((code) => code in LACKS);
  const [message, hint] = LACKS[found ?? ""] ?? [];
  if (found === undefined || message === undefined || hint === undefined) return undefined;
  if (!(error instanceof HarnessError)) {
    return new HarnessError("ERR_ENVIRONMENT", message, hint, { cause: error });
  }
  if (!OF_EVERYTHING.includes(found) || error.message.includes(found)) return undefined;
  return new HarnessError("ERR_ENVIRONMENT", `${error.message}: ${message}`, hint, { cause: error });
}
