import { randomBytes } from "node:crypto";
import type { RequestHandler } from "express";
import type { JournalEntry } from "./entry.ts";
import { type JournalNotes, withNotes } from "./notes.ts";
import { type Answered, describeAnswered } from "./writing.ts";
import { makeRedactor } from "./redact.ts";
import type { SharedJournal } from "./shared.ts";

/** The newest requests that reached the IdP. */
export interface Journal {
  /** Middleware that writes down each request once it is answered. */
  readonly write: RequestHandler;
  /** What reached this replica, oldest first. */
  readonly read: () => readonly JournalEntry[];
  /** What reached any replica, oldest first. */
  readonly readAll: () => Promise<readonly JournalEntry[]>;
  readonly clear: () => void;
}

/** What a journal is made from. */
export interface JournalSettings {
  /** Tells the time of each entry, seconds since the epoch. */
  readonly now: () => number;
  /** The scenario that a choice stands for, if it is one's. */
  readonly scenarioOf: (choice: string) => string | undefined;
  /** Where replicas write down what reached each; absent: there is one. */
  readonly shared?: SharedJournal | undefined;
  /** How much is kept; `characters` are those of the entries as JSON. */
  readonly limits?: { readonly entries: number; readonly characters: number };
}

const LIMITS = { entries: 1000, characters: 2_000_000 } as const;

interface Kept {
  readonly entry: JournalEntry;
  readonly size: number;
}

/** Makes an empty journal. */
export function makeJournal({ now, scenarioOf, shared, limits = LIMITS }: JournalSettings): Journal {
  const redactor = makeRedactor(shared?.key ?? randomBytes(32).toString("hex"));
  const kept: Kept[] = [];
  let characters = 0;
  const add = (answered: Answered): void => {
    const entry = describeAnswered(answered, redactor, scenarioOf);
    const size = JSON.stringify(entry).length;
    kept.push({ entry, size });
    characters += size;
    shared?.add(entry);
    while (kept.length > limits.entries || characters > limits.characters) {
      characters -= kept.shift()?.size ?? 0;
    }
  };
  const read = (): readonly JournalEntry[] => kept.map(({ entry }) => entry);
  return {
    write: (request, response, next) => {
      const started = performance.now();
      const { method, originalUrl } = request;
      const notes: JournalNotes = { issued: [] };
      // Whichever comes first: an answer that was sent, or a connection that is gone without one.
      const write = (): void => {
        response.off("finish", write).off("close", write);
        const durationMilliseconds = Math.round(performance.now() - started);
        add({ request, response, method, originalUrl, notes, durationMilliseconds, at: now() });
      };
      response.on("finish", write).on("close", write);
      withNotes(notes, next);
    },
    read,
    readAll: async () => (shared === undefined ? read() : await shared.read()),
    clear: () => {
      kept.length = 0;
      characters = 0;
      shared?.clear().catch(() => undefined);
    },
  };
}
