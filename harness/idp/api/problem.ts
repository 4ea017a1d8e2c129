import { STATUS_CODES } from "node:http";
import type { ErrorRequestHandler, Response } from "express";
import { HarnessError, type HarnessErrorCode } from "../../errors.ts";
import type { SchemaProblem } from "../schema-problems.ts";

/** What a problem says besides its status and its sentence. */
export interface ProblemDetails {
  /** The next step for whoever asked. */
  readonly hint: string;
  readonly code?: HarnessErrorCode;
  /** Each place of the body or the query that is wrong. */
  readonly problems?: readonly SchemaProblem[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request to the live API that is not done. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly details: ProblemDetails;

  constructor(status: number, message: string, details: ProblemDetails) {
    super(message);
    this.name = "ApiProblem";
    this.status = status;
    this.details = details;
  }
}

/** Answers with problem details (RFC 9457); `hint`, `code` and `problems` are members of our own. */
export function sendProblem(response: Response, { status, message, details }: ApiProblem): void {
  const { headers = {}, hint, code, problems } = details;
  response
    .status(status)
    .set({ ...headers, "cache-control": "no-store", "content-type": "application/problem+json" })
    .send(JSON.stringify({ title: STATUS_CODES[status], status, detail: message, hint, code, problems }));
}

/** What express could not read, by the status it gives. */
const UNREADABLE: Readonly<Record<number, readonly [string, string]>> = {
  400: ["the body is no JSON object", "Send one JSON object, in UTF-8."],
  413: ["the body is larger than 256 kB", "Send less: an emission is a few lines."],
  415: ["the body is encoded in a way that is not read", "Send JSON in UTF-8, not compressed."],
};

const BAD_PATH = [
  "the path is encoded in a way that is not read",
  "Send a path in UTF-8, percent-encoded.",
] as const;

function unreadable(error: unknown): ApiProblem | undefined {
  const status = error instanceof Error && "status" in error ? error.status : undefined;
  if (typeof status !== "number") return undefined;
  const [message, hint] = error instanceof URIError ? BAD_PATH : (UNREADABLE[status] ?? []);
  return message === undefined || hint === undefined ? undefined : new ApiProblem(status, message, { hint });
}

function problemOf(error: unknown): ApiProblem | undefined {
  if (error instanceof ApiProblem) return error;
  if (error instanceof HarnessError) {
    const { message, hint, code } = error;
    const wrong = code === "ERR_SCENARIO_INVALID" || code === "ERR_USAGE";
    return new ApiProblem(wrong ? 422 : 500, message, { hint, code });
  }
  return unreadable(error);
}

/** Tells whoever asked what was wrong, never with a stack trace. */
export const answerProblem: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  const problem = problemOf(error);
  if (problem === undefined || response.headersSent) next(error);
  else sendProblem(response, problem);
};
