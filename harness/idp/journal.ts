import type { RequestHandler } from "express";
import type { JournalEntry } from "./mock-idp.ts";

/** The newest requests that reached the IdP. */
export interface Journal {
  /** Middleware that writes down each request once it is answered. */
  readonly write: RequestHandler;
  /** Oldest first. */
  readonly read: () => readonly JournalEntry[];
}

const LIMIT = 1000;

/** Makes an empty journal; `now` tells the time of each entry. */
export function makeJournal(now: () => number): Journal {
  const entries: JournalEntry[] = [];
  return {
    write: (request, response, next) => {
      const { method } = request;
      const [path = ""] = request.originalUrl.split("?");
      const at = now();
      response.once("finish", () => {
        entries.push({ at, method, path, status: response.statusCode });
        if (entries.length > LIMIT) entries.shift();
      });
      next();
    },
    read: () => [...entries],
  };
}
