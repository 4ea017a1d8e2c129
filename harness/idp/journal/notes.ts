import { AsyncLocalStorage } from "node:async_hooks";
import type { IssuedArtifact } from "../issued.ts";

/** What the protocol sides know about the request that is being answered, and its URL does not show. */
export interface JournalNotes {
  /** The partner app that asked. */
  application?: string;
  /** Parsed body, when no middleware of express parsed it. */
  body?: unknown;
  choice?: string;
  readonly issued: IssuedArtifact[];
}

const current = new AsyncLocalStorage<JournalNotes>();

/** Answers a request with notes of its own. */
export function withNotes(notes: JournalNotes, answer: () => void): void {
  current.run(notes, answer);
}

/** Writes down what is known about the request being answered; outside of one nothing happens. */
export function note(known: Omit<JournalNotes, "issued">): void {
  Object.assign(current.getStore() ?? {}, known);
}

/** Writes down what was signed for the request being answered. */
export function noteIssued(choice: string | undefined, issued: IssuedArtifact): void {
  current.getStore()?.issued.push(issued);
  if (choice !== undefined) note({ choice });
}
