import type { ErrorRequestHandler } from "express";
import { HarnessError } from "../errors.ts";
import { sendPage } from "./pages/layout.ts";
import { renderMessage } from "./pages/message-page.ts";

/** A request that gets a plain page instead of an answer: what is wrong with it, in one sentence. */
export class RequestRefusal extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "RequestRefusal";
  }
}

/** Whether the parser of forms gave up: no fault of ours. */
function isBadForm(error: unknown): boolean {
  const status = error instanceof Error && "status" in error ? error.status : undefined;
  return typeof status === "number" && status >= 400 && status < 500;
}

/** Status and sentence of a refusal; undefined: the error is none that a request can be refused with. */
function pageOf(error: unknown): { status: number; reason: string } | undefined {
  if (error instanceof RequestRefusal) return { status: 400, reason: `${error.message}.` };
  if (isBadForm(error)) return { status: 400, reason: "The form is too large or cannot be read." };
  if (error instanceof HarnessError) return { status: 500, reason: `${error.message}. ${error.hint}` };
  return undefined;
}

/**
 * Makes the error handler of one protocol: whoever made a request that gets no answer sees why.
 *
 * @param title of the page, e.g. `SAML request refused`
 */
export function refuseWith(title: string): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    const page = pageOf(error);
    if (page === undefined) {
      next(error);
      return;
    }
    const facts = {
      Reason: page.reason,
      "What now": "Nothing was sent to the application. Start again there.",
    };
    sendPage(response, page.status, renderMessage(title, facts));
  };
}
