import type { RequestHandler } from "express";
import type { IssuedArtifact } from "../issued.ts";
import type { JournalEntry } from "../journal/entry.ts";
import { sendPage } from "../pages/layout.ts";
import { renderMessage } from "../pages/message-page.ts";

/** What the live API tells of all replicas, of which there may be only this one. */
export interface ApiRecords {
  readonly issued: (choice: string) => Promise<readonly IssuedArtifact[]>;
  readonly journal: () => Promise<readonly JournalEntry[]>;
  /** Resolves when the others can see what was changed here. */
  readonly settled: () => Promise<void>;
}

/** Makes what lets each request begin with what other replicas did; without it no request is answered wrongly. */
export function catchingUp(catchUp: () => Promise<void>): RequestHandler {
  return async (_request, response, next) => {
    try {
      await catchUp();
    } catch (error) {
      const reason = error instanceof Error ? error.message : "unknown";
      response.set("retry-after", "1");
      sendPage(response, 503, renderMessage("This request cannot be answered now", { Reason: reason }));
      return;
    }
    next();
  };
}
