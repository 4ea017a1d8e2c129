import type { Request, Response } from "express";
import type { Federation } from "./federations.ts";
import type { Traits } from "./traits.ts";

/** What an app truly did with an answer of the IdP, by its own record. */
export interface Truth {
  readonly decision: "accept" | "refuse";
  /** Whose session it opened. */
  readonly as?: string;
  /** Whether it refused for another reason than the answer itself. */
  readonly locked: boolean;
}

/** Somebody who is signed in. */
export interface Session {
  readonly user: string;
  readonly isStrong: boolean;
  waits: number;
  hasAgreed: boolean;
}

/** All that an app of the zoo knows. */
export interface House {
  readonly traits: Traits;
  readonly federation: Federation;
  readonly sessions: Map<string, Session>;
  readonly truths: Truth[];
  readonly everybody: string[];
  refusals: number;
  answers: number;
  isDown: boolean;
}

/** Whose session a request is of. */
export function sessionOf({ sessions, traits }: House, request: Request): Session | undefined {
  if (traits.session === "in-address") {
    const { sid } = request.query;
    return typeof sid === "string" ? sessions.get(sid) : undefined;
  }
  const values = (request.headers.cookie ?? "").split("; ").map((pair) => pair.split("=")[1] ?? "");
  return values.map((value) => sessions.get(value)).find((session) => session !== undefined);
}

/** Sends a page. */
export function send(house: House, response: Response, status: number, html: string): void {
  const type = house.traits.dress === "xhtml" ? "application/xhtml+xml" : "text/html";
  response.status(status).type(type).send(html);
}
